-- Who asks, and what they may see: what the policies of every room call.
--
-- Those that policies of access_casefile call read memberships past the policies that stand on them
-- (SECURITY DEFINER, a fixed search path): those policies themselves ask which files are seen, and
-- would call one another without end. Each answers about whoever is asking, but for access_told,
-- which tells of given agents whether a notice about a file may reach them.

-- Who is asking, as the transaction said it; NULL when nobody did.
CREATE OR REPLACE FUNCTION access_agent() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.agent', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION access_organisation() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.organisation', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION access_purpose() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.purpose', true), '') $$;

CREATE OR REPLACE FUNCTION access_intake() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.intake', true), '') $$;

-- The day it is in Paris, as the application counts it; the server may well count in UTC.
CREATE OR REPLACE FUNCTION access_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Paris')::date $$;

-- A closed account asks in vain, whatever the sessions that are still open.
-- Authorities for which the asking agent holds, today, a role that spans the whole authority.
CREATE OR REPLACE FUNCTION access_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND p.role IN ('crip', 'supervisor', 'on_call') AND o.authority_id IS NOT NULL $$;

-- Organisations for which the asking agent, or the asking software, may send concerns.
CREATE OR REPLACE FUNCTION access_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
   UNION SELECT access_organisation() WHERE access_organisation() IS NOT NULL $$;

-- Courts whose parquet the asking agent serves.
CREATE OR REPLACE FUNCTION access_courts() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.court_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
 AND p.role = 'parquet' AND o.court_id IS NOT NULL $$;

-- Files that the asking agent holds by name.
CREATE OR REPLACE FUNCTION access_granted() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT g.case_file_id FROM access_grant g
     JOIN agents_agent a ON a.id = g.agent_id AND a.is_active
    WHERE g.agent_id = access_agent()
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;

CREATE OR REPLACE FUNCTION access_excluded() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT e.case_file_id FROM access_exclusion e WHERE e.agent_id = access_agent() $$;

-- Authorities whose emergency openings the asking agent reviews.
CREATE OR REPLACE FUNCTION access_reviewed() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND p.role IN ('controller', 'data_protection') AND o.authority_id IS NOT NULL $$;

-- Authorities whose files the asking agent may open in an emergency.
CREATE OR REPLACE FUNCTION access_glass() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND p.role IN ('crip', 'referent', 'supervisor', 'on_call')
      AND o.authority_id IS NOT NULL $$;

-- Shares that the asking agent may read now. Read before the row that is being written.
CREATE OR REPLACE FUNCTION access_shared() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT d.id FROM access_disclosurerecord d
     JOIN agents_agent a ON a.id = d.shared_with_id AND a.is_active
    WHERE d.shared_with_id = access_agent()
      AND d.withdrawn_at IS NULL AND d.returned_at IS NULL AND d.expires_at > now()
      AND d.case_file_id NOT IN (SELECT access_excluded()) $$;

-- Whether an emergency may open a file to whoever is asking: of their authority, not closed to
-- them by name, and not under a seal that yields to nothing.
CREATE OR REPLACE FUNCTION access_behind_glass(file bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.id = file AND f.authority_id IN (SELECT access_glass())
           AND f.id NOT IN (SELECT access_excluded())
           AND (f.sealed_at IS NULL OR f.seal_yields)) $$;

-- The file that an emergency opens, then those that are read with it.
CREATE OR REPLACE FUNCTION access_files_behind_glass(wanted uuid)
RETURNS TABLE (id bigint, ref uuid, authority text, kept boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT g.id, g.ref, g.authority_id, g.merged_into_id IS NULL
     FROM access_casefile f
     JOIN access_casefile g
       ON coalesce(g.merged_into_id, g.id) = coalesce(f.merged_into_id, f.id)
    WHERE f.ref = wanted AND access_behind_glass(f.id) AND access_behind_glass(g.id)
    ORDER BY g.merged_into_id IS NULL DESC, g.id $$;

-- Whether the asking agent broke the glass of this file, or of the one it is read with.
CREATE OR REPLACE FUNCTION access_opened(file bigint, closes timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT access_behind_glass(file) AND EXISTS (
        SELECT 1 FROM access_breakglass b JOIN access_casefile f ON f.id = file
         WHERE b.agent_id = access_agent() AND b.ends_at = closes
           AND b.case_file_id IN (f.id, f.merged_into_id)) $$;

-- Among these agents, those whom this file shuts out.
CREATE OR REPLACE FUNCTION access_shut_out(file bigint, agents bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT e.agent_id FROM access_exclusion e
    WHERE e.case_file_id = file AND e.agent_id = ANY (agents) $$;

-- Among these agents, those who may be told that something happened in a file.
CREATE OR REPLACE FUNCTION access_told(file bigint, agents bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT told.agent
     FROM unnest(agents) AS told(agent) JOIN access_casefile f ON f.id = file
    WHERE NOT EXISTS (
            SELECT 1 FROM access_exclusion e
             WHERE e.case_file_id = f.id AND e.agent_id = told.agent)
      AND (f.sealed_at IS NULL OR EXISTS (
            SELECT 1 FROM access_grant g
             WHERE g.case_file_id = f.id AND g.agent_id = told.agent AND g.starts_at <= now()
               AND (g.ends_at IS NULL OR g.ends_at > now()))) $$;
