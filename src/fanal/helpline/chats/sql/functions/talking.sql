-- A conversation, by the digest of its one key: opened, heard, written to, left, closed.
--
-- Who writes reads no table: these functions of the owner answer for one key.

-- Helplines for which the asking agent listens today.
CREATE OR REPLACE FUNCTION chats_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('listener', 'coordinator')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

-- Add a message, as whoever calls: the conversation is locked first, so that numbers are in the
-- order in which messages are kept. Sent again with its key, it is the same. Its number, or NULL.
CREATE OR REPLACE FUNCTION chats_add(
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
CREATE OR REPLACE FUNCTION chats_open(
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

-- « said » with its number, « unknown », « ended », or « slow »: wait a minute. What was said while
-- waiting may only raise the class.
CREATE OR REPLACE FUNCTION chats_say(
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

CREATE OR REPLACE FUNCTION chats_leave(digest bytea, said text, moment timestamptz)
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

-- Who has not been seen since, or waits at a helpline that closes, holds no place any more.
CREATE OR REPLACE FUNCTION chats_close(
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
