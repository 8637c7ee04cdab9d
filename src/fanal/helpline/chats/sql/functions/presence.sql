-- Whose pages and desks are open, noted without waiting for anybody nor making anybody wait.
--
-- A row that is being written to is seen at the next round; one seen half a minute ago is left alone.

-- Whose pages are open, all those of a server at once.
CREATE OR REPLACE FUNCTION chats_present(digests bytea[], moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE chats_conversation c SET visitor_seen_at = moment
     WHERE c.id IN (
         SELECT w.id FROM chats_conversation w
          WHERE w.key_digest = ANY (digests) AND w.state <> 'ended'
            AND w.visitor_seen_at < moment - interval '30 seconds'
          ORDER BY w.id FOR UPDATE SKIP LOCKED)
$$;

-- Whose desks are open: those who were said to be gone are said to be back.
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

-- Whoever listens and has not been seen since is said to be gone, once; how many were.
CREATE OR REPLACE FUNCTION chats_miss_listeners(since timestamptz, said text, moment timestamptz)
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

-- A coordinator whose desk has not been seen since reads no more, and it is said; how many.
CREATE OR REPLACE FUNCTION chats_miss_readers(seen_since timestamptz, said text, moment timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    missed integer := 0;
BEGIN
    FOR one IN
        UPDATE chats_reading r SET until = moment
         WHERE r.id IN (
             SELECT w.id FROM chats_reading w
              WHERE w.until IS NULL AND w.since < seen_since
                AND NOT EXISTS (SELECT 1 FROM chats_desk d
                                 WHERE d.agent_id = w.agent_id AND d.seen_at >= seen_since)
              ORDER BY w.id FOR UPDATE SKIP LOCKED)
        RETURNING r.conversation_id
    LOOP
        PERFORM chats_add(one.conversation_id, 'system', said, gen_random_uuid(), moment);
        missed := missed + 1;
    END LOOP;
    RETURN missed;
END $$;
