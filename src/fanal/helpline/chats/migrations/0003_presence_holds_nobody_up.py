"""
An open page is noted without waiting for anybody, nor making anybody wait.

A row that is being written to is seen at the next round; one that was seen half a minute ago is
left alone.
"""

from django.db import migrations

LIGHT = """
CREATE OR REPLACE FUNCTION chats_present(digests bytea[], moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE chats_conversation c SET visitor_seen_at = moment
     WHERE c.id IN (
         SELECT w.id FROM chats_conversation w
          WHERE w.key_digest = ANY (digests) AND w.state <> 'ended'
            AND w.visitor_seen_at < moment - interval '30 seconds'
          ORDER BY w.id FOR UPDATE SKIP LOCKED)
$$;

CREATE OR REPLACE FUNCTION chats_listeners_present(agents bigint[], said text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk record;
BEGIN
    FOR talk IN
        SELECT c.id, c.listener_lost_at IS NOT NULL AS was_lost FROM chats_conversation c
         WHERE c.listener_id = ANY (agents) AND c.state = 'active'
           AND (c.listener_lost_at IS NOT NULL OR c.listener_seen_at < moment - interval '5 seconds')
         ORDER BY c.id FOR UPDATE SKIP LOCKED
    LOOP
        UPDATE chats_conversation c
           SET listener_seen_at = greatest(c.listener_seen_at, moment), listener_lost_at = NULL
         WHERE c.id = talk.id;
        IF talk.was_lost THEN
            PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
        END IF;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("chats", "0002_a_key_or_a_posting_opens_a_conversation")]

    operations = [migrations.RunSQL(LIGHT, migrations.RunSQL.noop)]
