"""Who has just left may have a code, as often as who talks: one a minute."""

from django.db import migrations

ONE_A_MINUTE = """
CREATE FUNCTION chats_code_left(wanted uuid, moment timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.ref = wanted FOR UPDATE;
    IF NOT FOUND OR talk.state <> 'ended' THEN
        RETURN 'unknown';
    END IF;
    IF talk.coded_at > moment - interval '1 minute' THEN
        RETURN 'soon';
    END IF;
    UPDATE chats_conversation c SET coded_at = moment WHERE c.id = talk.id;
    RETURN 'given';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("chats", "0011_a_message_is_shown_by_its_own_conversation")]

    operations = [
        migrations.RunSQL(ONE_A_MINUTE, "DROP FUNCTION chats_code_left(uuid, timestamptz);")
    ]
