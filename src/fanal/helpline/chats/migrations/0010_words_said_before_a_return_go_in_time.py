"""
Who comes back puts off the end of their conversation, and not the time that its words are kept.

What was said before the last return goes thirty days after it was said.
"""

from django.db import migrations

FORGET = """
CREATE FUNCTION chats_forget(said_before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    DELETE FROM chats_message m USING chats_conversation c
     WHERE c.id = m.conversation_id AND c.returned_at IS NOT NULL
       AND m.number <= c.hidden_to AND m.at < said_before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("chats", "0009_a_day_has_its_own_hours_and_a_flood_waits")]

    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION chats_forget(timestamptz);")]
