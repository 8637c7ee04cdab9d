-- A code opens a conversation to another page, whose key takes the place of the former one.
--
-- Nothing said before is heard by the new key, and what was said goes thirty days after it was said.

-- Whether a code may be given to this key, and for what: « given », « unknown », « soon ».
CREATE OR REPLACE FUNCTION chats_code(digest bytea, moment timestamptz)
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
CREATE OR REPLACE FUNCTION chats_come_back(
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

CREATE OR REPLACE FUNCTION chats_forget(said_before timestamptz) RETURNS integer
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

CREATE OR REPLACE FUNCTION chats_code_left(wanted uuid, moment timestamptz) RETURNS text
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
