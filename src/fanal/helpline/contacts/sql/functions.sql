-- A record goes with its conversation: a function of the owner gives it to whoever holds that, and to
-- nobody else.

-- Helplines at which the asking agent coordinates today.
CREATE OR REPLACE FUNCTION contacts_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

-- The record of the conversation that the asking agent holds now becomes theirs; its reference.
CREATE OR REPLACE FUNCTION contacts_follow(talk uuid) RETURNS uuid LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE contacts_contact c SET listener_id = access_agent()
     WHERE c.conversation = talk AND c.state <> 'closed'
       AND EXISTS (
           SELECT 1 FROM chats_conversation t
            WHERE t.ref = talk AND t.organisation_id = c.organisation_id
              AND t.state = 'active' AND t.listener_id = access_agent())
    RETURNING c.ref
$$;
