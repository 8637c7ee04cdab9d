-- Which concern the asking agent evaluates.

-- Whoever reported is masked from those who only follow the situation (CASF L226-2-2).
CREATE OR REPLACE FUNCTION access_evaluated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT g.case_file_id FROM access_grant g
    WHERE g.agent_id = access_agent() AND g.capacity = 'evaluator'
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;
