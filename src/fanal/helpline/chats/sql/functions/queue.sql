-- Who waits, without a word of theirs; moves, hours and how many came lately.

-- Those who wait, without a word of theirs: from them places in the queue are counted.
CREATE OR REPLACE FUNCTION chats_queue(helpline bigint) RETURNS TABLE (
    ref uuid, level integer, minor boolean, opened_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, c.level::integer, c.minor, c.opened_at FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.state = 'waiting'
$$;

-- How many conversations are led at once, which is how many places are known to be.
CREATE OR REPLACE FUNCTION chats_led(helpline bigint) RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.state = 'active'
$$;

-- Of those who wait, since they wait; without a word: places in the queue are counted from it.
CREATE OR REPLACE FUNCTION chats_moves(helpline bigint) RETURNS TABLE (
    ref uuid, before boolean, other uuid, level integer, minor boolean, opened_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.ref, m.before, o.ref, o.level::integer, o.minor, o.opened_at
      FROM chats_conversation c
      JOIN chats_move m ON m.conversation_id = c.id AND m.at >= c.opened_at
      JOIN chats_conversation o ON o.id = m.other_id
     WHERE c.organisation_id = helpline AND c.state = 'waiting'
     ORDER BY m.id
$$;

-- Helplines that the asking agent coordinates today.
CREATE OR REPLACE FUNCTION chats_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

-- What the public page says of the days to come, and of nobody.
CREATE OR REPLACE FUNCTION chats_hours(first date) RETURNS TABLE (day date, hours text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.day, h.hours::text, h.reason::text FROM chats_chathours h
     WHERE h.organisation_id = (SELECT o.id FROM agents_organisation o
                                 WHERE o.kind = 'helpline' ORDER BY o.id LIMIT 1)
       AND h.day >= first
     ORDER BY h.day
$$;

-- How many conversations began since a moment: those in danger now, or the others.
CREATE OR REPLACE FUNCTION chats_came(helpline bigint, danger boolean, since timestamptz)
RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM chats_conversation c
     WHERE c.organisation_id = helpline AND c.opened_at > since AND c.in_danger = danger
$$;
