"""
Who listens sees the conversations of their helpline; who writes asks functions of the owner.

A function answers for the digest of one key. The one that lists those who wait tells no word of
theirs: places in the queue are counted from it.
"""

from django.db import migrations

GUARD = """
-- Helplines for which the asking agent listens today.
CREATE FUNCTION chats_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('listener', 'coordinator')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

ALTER TABLE chats_conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_conversation FORCE ROW LEVEL SECURITY;
ALTER TABLE chats_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE chats_message FORCE ROW LEVEL SECURITY;
CREATE POLICY conversation_seen_by_who_listens ON chats_conversation FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY conversation_moved_by_who_listens ON chats_conversation FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY conversation_kept_in_time ON chats_conversation
    USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY message_seen_with_its_conversation ON chats_message FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
CREATE POLICY message_added_by_who_listens ON chats_message FOR INSERT
    WITH CHECK (side <> 'visitor' AND conversation_id IN (SELECT id FROM chats_conversation));
CREATE POLICY message_kept_in_time ON chats_message
    USING ((SELECT access_purpose()) = 'retention');

-- Add a message, as whoever calls: the conversation is locked first, so that numbers are in the
-- order in which messages are kept. Sent again with its key, it is the same. Its number, or NULL.
CREATE FUNCTION chats_add(
    talk bigint, its_side text, said text, its_key uuid, moment timestamptz
) RETURNS integer LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    its_number integer;
    name uuid;
BEGIN
    SELECT c.ref INTO name FROM chats_conversation c WHERE c.id = talk FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT m.number INTO its_number FROM chats_message m
     WHERE m.conversation_id = talk AND m.key = its_key;
    IF FOUND THEN
        RETURN its_number;
    END IF;
    UPDATE chats_conversation c SET last = c.last + 1 WHERE c.id = talk
    RETURNING c.last INTO its_number;
    INSERT INTO chats_message (conversation_id, number, side, text, key, at)
         VALUES (talk, its_number, its_side, said, its_key, moment);
    -- An identifier and nothing else: whoever is told reads the row, through its wall.
    PERFORM pg_notify('chats', name::text);
    RETURN its_number;
END $$;

-- The reference of the conversation of this key; NULL when too many people wait. Asked again with
-- the same key, it opens nothing more.
CREATE FUNCTION chats_open(
    digest bytea, helpline bigint, dep text, is_minor boolean, its_topic text, danger boolean,
    its_level integer, its_reasons jsonb, its_rules text, most integer, moment timestamptz
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name uuid;
BEGIN
    SELECT c.ref INTO name FROM chats_conversation c WHERE c.key_digest = digest;
    IF FOUND THEN
        RETURN name;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM agents_organisation o WHERE o.id = helpline AND o.kind = 'helpline')
       OR length(digest) <> 32
       OR (SELECT count(*) FROM chats_conversation c
            WHERE c.organisation_id = helpline AND c.state = 'waiting') >= most THEN
        RETURN NULL;
    END IF;
    INSERT INTO chats_conversation (
        ref, organisation_id, key_digest, state, opened_at, ended_by, departement, minor, topic,
        in_danger, level, reasons, rules, visitor_seen_at, last)
    VALUES (
        gen_random_uuid(), helpline, digest, 'waiting', moment, '', dep, is_minor, its_topic,
        danger, its_level, its_reasons, its_rules, moment, 0)
    ON CONFLICT (key_digest) DO NOTHING;
    SELECT c.ref INTO name FROM chats_conversation c WHERE c.key_digest = digest;
    PERFORM pg_notify('chats_queue', helpline::text);
    RETURN name;
END $$;

-- What this key hears: the state, and the messages after a number, two hundred at once.
CREATE FUNCTION chats_heard(digest bytea, after integer) RETURNS TABLE (
    ref uuid, helpline bigint, state text, ended_by text, in_danger boolean, messages jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, c.organisation_id, c.state::text, c.ended_by::text, c.in_danger,
           coalesce((
               SELECT jsonb_agg(jsonb_build_object(
                          'number', m.number, 'side', m.side, 'text', m.text, 'key', m.key,
                          'at', m.at) ORDER BY m.number)
                 FROM (SELECT * FROM chats_message w
                        WHERE w.conversation_id = c.id AND w.number > after
                        ORDER BY w.number LIMIT 200) m), '[]'::jsonb)
      FROM chats_conversation c WHERE c.key_digest = digest
$$;

-- « said » with its number, « unknown », « ended », or « slow »: wait a minute. What was said while
-- waiting may only raise the class.
CREATE FUNCTION chats_say(
    digest bytea, said text, its_key uuid, its_level integer, its_reasons jsonb, most integer,
    moment timestamptz
) RETURNS TABLE (answer text, number integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
    known integer;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.key_digest = digest FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'unknown'::text, NULL::integer;
        RETURN;
    END IF;
    SELECT m.number INTO known FROM chats_message m
     WHERE m.conversation_id = talk.id AND m.key = its_key;
    IF known IS NOT NULL THEN
        RETURN QUERY SELECT 'said'::text, known;
        RETURN;
    END IF;
    IF talk.state = 'ended' THEN
        RETURN QUERY SELECT 'ended'::text, NULL::integer;
        RETURN;
    END IF;
    IF (SELECT count(*) FROM chats_message m
         WHERE m.conversation_id = talk.id AND m.number > talk.last - most AND m.side = 'visitor'
           AND m.at > moment - interval '1 minute') >= most THEN
        RETURN QUERY SELECT 'slow'::text, NULL::integer;
        RETURN;
    END IF;
    UPDATE chats_conversation c
       SET visitor_seen_at = greatest(c.visitor_seen_at, moment),
           level = least(c.level, its_level),
           reasons = c.reasons || coalesce((
               SELECT jsonb_agg(one) FROM jsonb_array_elements(its_reasons) one
                WHERE NOT c.reasons @> jsonb_build_array(one)), '[]'::jsonb)
     WHERE c.id = talk.id;
    IF its_level < talk.level AND talk.state = 'waiting' THEN
        PERFORM pg_notify('chats_queue', talk.organisation_id::text);
    END IF;
    RETURN QUERY SELECT 'said'::text, chats_add(talk.id, 'visitor', said, its_key, moment);
END $$;

-- « I am in danger now », before or while talking: first of the queue, and said once.
CREATE FUNCTION chats_endanger(digest bytea, said text, rule text, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
               reasons = jsonb_build_array(rule) || c.reasons
         WHERE c.id = talk.id;
        PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
        PERFORM pg_notify('chats_queue', talk.organisation_id::text);
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION chats_leave(digest bytea, said text, moment timestamptz)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk chats_conversation%ROWTYPE;
BEGIN
    SELECT c.* INTO talk FROM chats_conversation c WHERE c.key_digest = digest FOR UPDATE;
    IF NOT FOUND OR talk.state = 'ended' THEN
        RETURN NULL;
    END IF;
    PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
    UPDATE chats_conversation c
       SET state = 'ended', ended_at = moment, ended_by = 'visitor', visitor_seen_at = moment
     WHERE c.id = talk.id;
    PERFORM pg_notify('chats_queue', talk.organisation_id::text);
    RETURN talk.ref;
END $$;

-- Whose pages are open, all those of a server at once.
CREATE FUNCTION chats_present(digests bytea[], moment timestamptz) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE chats_conversation c SET visitor_seen_at = greatest(c.visitor_seen_at, moment)
     WHERE c.key_digest = ANY (digests) AND c.state <> 'ended'
$$;

-- Those who wait, without a word of theirs: from them places in the queue are counted.
CREATE FUNCTION chats_queue(helpline bigint) RETURNS TABLE (
    ref uuid, level integer, minor boolean, opened_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, c.level::integer, c.minor, c.opened_at FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.state = 'waiting'
$$;

-- How many conversations are led at once, which is how many places are known to be.
CREATE FUNCTION chats_led(helpline bigint) RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.state = 'active'
$$;

-- Whose desks are open: those who were said to be gone are said to be back.
CREATE FUNCTION chats_listeners_present(agents bigint[], said text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk record;
BEGIN
    FOR talk IN
        SELECT c.id, c.listener_lost_at IS NOT NULL AS was_lost FROM chats_conversation c
         WHERE c.listener_id = ANY (agents) AND c.state = 'active' ORDER BY c.id FOR UPDATE
    LOOP
        UPDATE chats_conversation c
           SET listener_seen_at = greatest(c.listener_seen_at, moment), listener_lost_at = NULL
         WHERE c.id = talk.id;
        IF talk.was_lost THEN
            PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
        END IF;
    END LOOP;
END $$;

-- Whoever listens and has not been seen since is said to be gone, once; how many were.
CREATE FUNCTION chats_miss_listeners(since timestamptz, said text, moment timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk record;
    missed integer := 0;
BEGIN
    FOR talk IN
        UPDATE chats_conversation c SET listener_lost_at = moment
         WHERE c.id IN (
             SELECT w.id FROM chats_conversation w
              WHERE w.state = 'active' AND w.listener_lost_at IS NULL AND w.listener_seen_at < since
              ORDER BY w.id FOR UPDATE SKIP LOCKED)
        RETURNING c.id
    LOOP
        PERFORM chats_add(talk.id, 'system', said, gen_random_uuid(), moment);
        missed := missed + 1;
    END LOOP;
    RETURN missed;
END $$;

-- Who has not been seen since, or waits at a helpline that closes, holds no place any more.
CREATE FUNCTION chats_close(
    helpline bigint, since timestamptz, waiting_too boolean, lost text, closed text,
    moment timestamptz
) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    talk record;
    gone integer := 0;
BEGIN
    FOR talk IN
        SELECT c.id, c.visitor_seen_at < since AS is_lost FROM chats_conversation c
         WHERE c.organisation_id = helpline AND c.state <> 'ended'
           AND (c.visitor_seen_at < since OR (waiting_too AND c.state = 'waiting'))
         ORDER BY c.id FOR UPDATE SKIP LOCKED
    LOOP
        PERFORM chats_add(talk.id, 'system', CASE WHEN talk.is_lost THEN lost ELSE closed END,
                          gen_random_uuid(), moment);
        UPDATE chats_conversation c SET state = 'ended', ended_at = moment, ended_by = 'system'
         WHERE c.id = talk.id;
        gone := gone + 1;
    END LOOP;
    IF gone > 0 THEN
        PERFORM pg_notify('chats_queue', helpline::text);
    END IF;
    RETURN gone;
END $$;
"""

UNGUARD = """
DROP FUNCTION chats_close(bigint, timestamptz, boolean, text, text, timestamptz);
DROP FUNCTION chats_listeners_present(bigint[], text, timestamptz);
DROP FUNCTION chats_miss_listeners(timestamptz, text, timestamptz);
DROP FUNCTION chats_led(bigint);
DROP FUNCTION chats_queue(bigint);
DROP FUNCTION chats_present(bytea[], timestamptz);
DROP FUNCTION chats_leave(bytea, text, timestamptz);
DROP FUNCTION chats_endanger(bytea, text, text, timestamptz);
DROP FUNCTION chats_say(bytea, text, uuid, integer, jsonb, integer, timestamptz);
DROP FUNCTION chats_heard(bytea, integer);
DROP FUNCTION chats_open(bytea, bigint, text, boolean, text, boolean, integer, jsonb, text, integer, timestamptz);
DROP FUNCTION chats_add(bigint, text, text, uuid, timestamptz);
DROP POLICY message_kept_in_time ON chats_message;
DROP POLICY message_added_by_who_listens ON chats_message;
DROP POLICY message_seen_with_its_conversation ON chats_message;
DROP POLICY conversation_kept_in_time ON chats_conversation;
DROP POLICY conversation_moved_by_who_listens ON chats_conversation;
DROP POLICY conversation_seen_by_who_listens ON chats_conversation;
ALTER TABLE chats_message NO FORCE ROW LEVEL SECURITY;
ALTER TABLE chats_message DISABLE ROW LEVEL SECURITY;
ALTER TABLE chats_conversation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE chats_conversation DISABLE ROW LEVEL SECURITY;
DROP FUNCTION chats_organisations();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0001_conversations"),
        ("access", "0004_memberships_shares_and_openings_guarded"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
