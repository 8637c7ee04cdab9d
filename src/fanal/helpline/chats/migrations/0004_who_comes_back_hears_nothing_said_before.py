"""
A code opens a conversation to another page, whose key takes the place of the former one.

Nothing said before is heard by the new key. The desks that are open are noted, so that the same
person is asked again when they are there.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COME_BACK = """
ALTER TABLE chats_desk ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_desk FORCE ROW LEVEL SECURITY;
CREATE POLICY desk_seen_by_colleagues ON chats_desk FOR SELECT USING (EXISTS (
    SELECT 1 FROM agents_posting p
     WHERE p.agent_id = chats_desk.agent_id
       AND p.organisation_id IN (SELECT chats_organisations())));

CREATE OR REPLACE FUNCTION chats_listeners_present(agents bigint[], said text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk record;
BEGIN
    INSERT INTO chats_desk (agent_id, seen_at)
    SELECT DISTINCT a.id, moment FROM agents_agent a
     WHERE a.id = ANY (agents)
       AND NOT EXISTS (SELECT 1 FROM chats_desk d WHERE d.agent_id = a.id
                          AND d.seen_at >= moment - interval '5 seconds')
     ORDER BY a.id
    ON CONFLICT (agent_id) DO UPDATE SET seen_at = greatest(chats_desk.seen_at, excluded.seen_at);
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

-- What this key hears: nothing that was said before its page came back.
CREATE OR REPLACE FUNCTION chats_heard(digest bytea, after integer) RETURNS TABLE (
    ref uuid, helpline bigint, state text, ended_by text, in_danger boolean, messages jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, c.organisation_id, c.state::text, c.ended_by::text, c.in_danger,
           coalesce((
               SELECT jsonb_agg(jsonb_build_object(
                          'number', m.number, 'side', m.side, 'text', m.text, 'key', m.key,
                          'at', m.at) ORDER BY m.number)
                 FROM (SELECT * FROM chats_message w
                        WHERE w.conversation_id = c.id AND w.number > greatest(after, c.hidden_to)
                        ORDER BY w.number LIMIT 200) m), '[]'::jsonb)
      FROM chats_conversation c WHERE c.key_digest = digest
$$;

-- Who came back says it anew: the reason that stands already stands once.
CREATE OR REPLACE FUNCTION chats_endanger(
    digest bytea, said text, rule text, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.key_digest = digest FOR UPDATE;
    IF NOT FOUND OR talk.state = 'ended' THEN
        RETURN false;
    END IF;
    IF NOT talk.in_danger THEN
        UPDATE chats_conversation c
           SET in_danger = true, level = 0, visitor_seen_at = greatest(c.visitor_seen_at, moment),
               reasons = CASE WHEN c.reasons @> jsonb_build_array(rule) THEN c.reasons
                              ELSE jsonb_build_array(rule) || c.reasons END
         WHERE c.id = talk.id;
        PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
        PERFORM pg_notify('chats_queue', talk.organisation_id::text);
    END IF;
    RETURN true;
END $$;

-- Whether a code may be given to this key, and for what: « given », « unknown », « soon ».
CREATE FUNCTION chats_code(digest bytea, moment timestamptz)
RETURNS TABLE (answer text, thing uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.key_digest = digest FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'unknown'::text, NULL::uuid;
    ELSIF talk.coded_at > moment - interval '1 minute' THEN
        RETURN QUERY SELECT 'soon'::text, NULL::uuid;
    ELSE
        UPDATE chats_conversation c SET coded_at = moment WHERE c.id = talk.id;
        RETURN QUERY SELECT 'given'::text, talk.ref;
    END IF;
END $$;

-- A code was right: its conversation answers this key from now on, and the former one no more.
-- « on » as it was, « again » in the queue; « closed », « many »; « gone »: there is none.
CREATE FUNCTION chats_come_back(
    wanted uuid, digest bytea, is_open boolean, most integer, ended_since timestamptz,
    here_since timestamptz, back text, asked text, others text, moment timestamptz
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
    said text := back;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.ref = wanted FOR UPDATE;
    IF NOT FOUND OR length(digest) <> 32
       OR (talk.state = 'ended' AND talk.ended_at < ended_since) THEN
        RETURN 'gone';
    END IF;
    IF talk.key_digest = digest THEN
        RETURN 'on';
    END IF;
    IF EXISTS (SELECT 1 FROM chats_conversation c WHERE c.key_digest = digest) THEN
        RETURN 'gone';
    END IF;
    IF talk.state = 'ended' THEN
        IF NOT is_open THEN
            RETURN 'closed';
        END IF;
        IF (SELECT count(*) FROM chats_conversation c
             WHERE c.organisation_id = talk.organisation_id AND c.state = 'waiting') >= most THEN
            RETURN 'many';
        END IF;
        said := CASE WHEN EXISTS (
                    SELECT 1 FROM chats_desk d
                     WHERE d.agent_id = talk.listener_id AND d.seen_at >= here_since)
                THEN asked ELSE others END;
        UPDATE chats_conversation c
           SET state = 'waiting', opened_at = moment, taken_at = NULL, ended_at = NULL,
               ended_by = '', asked_for_id = talk.listener_id, listener_id = NULL,
               listener_seen_at = NULL, listener_lost_at = NULL, hand_raised_at = NULL
         WHERE c.id = talk.id;
    END IF;
    UPDATE chats_conversation c
       SET key_digest = digest, hidden_to = c.last, returned_at = moment, in_danger = false,
           visitor_seen_at = moment
     WHERE c.id = talk.id;
    -- Who follows with the former key is told to look again, and finds nothing.
    PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
    PERFORM pg_notify('chats_queue', talk.organisation_id::text);
    RETURN CASE WHEN talk.state = 'ended' THEN 'again' ELSE 'on' END;
END $$;
"""

FORGET = """
DROP FUNCTION chats_come_back(uuid, bytea, boolean, integer, timestamptz, timestamptz, text, text, text, timestamptz);
DROP FUNCTION chats_code(bytea, timestamptz);
DROP POLICY desk_seen_by_colleagues ON chats_desk;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0003_presence_holds_nobody_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="hidden_to",
            field=models.PositiveIntegerField(
                db_default=0, verbose_name="rien n'est montré jusqu'au message"
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="coded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="code remis le"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="de retour le"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="asked_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="écoutant redemandé",
            ),
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="vu le")),
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écoutant",
                    ),
                ),
            ],
            options={
                "verbose_name": "poste d'écoute",
                "verbose_name_plural": "postes d'écoute",
            },
        ),
        migrations.RunSQL(COME_BACK, FORGET),
    ]
