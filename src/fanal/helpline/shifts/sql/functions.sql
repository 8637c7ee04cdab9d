-- Helplines that the asking agent coordinates today.

-- Helplines that the asking agent coordinates today.
CREATE OR REPLACE FUNCTION shifts_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;
