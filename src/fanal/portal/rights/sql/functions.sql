-- Authorities for which the asking agent answers requests.

-- Authorities whose requests the asking agent answers today.
CREATE OR REPLACE FUNCTION rights_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('controller', 'data_protection')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;
