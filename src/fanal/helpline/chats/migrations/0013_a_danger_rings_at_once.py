"""
Whoever listens is told of a danger the moment it is kept, by whatever way it came.

Its own channel: the queue may move many times a second, and is read again once in a while.
"""

from django.db import migrations

RING = """
CREATE FUNCTION chats_ring() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('chats_alarm', NEW.organisation_id::text);
    RETURN NULL;
END $$;

CREATE TRIGGER conversation_in_danger_rings AFTER INSERT ON chats_conversation
    FOR EACH ROW WHEN (NEW.level = 0) EXECUTE FUNCTION chats_ring();
CREATE TRIGGER conversation_now_in_danger_rings AFTER UPDATE OF level ON chats_conversation
    FOR EACH ROW WHEN (NEW.level = 0 AND OLD.level <> 0) EXECUTE FUNCTION chats_ring();
"""

SILENCE = """
DROP TRIGGER conversation_now_in_danger_rings ON chats_conversation;
DROP TRIGGER conversation_in_danger_rings ON chats_conversation;
DROP FUNCTION chats_ring();
"""


class Migration(migrations.Migration):
    dependencies = [("chats", "0012_a_code_a_minute_after_leaving_too")]

    operations = [migrations.RunSQL(RING, SILENCE)]
