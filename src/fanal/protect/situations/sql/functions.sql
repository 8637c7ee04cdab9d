-- Who answers for a situation, and what may come after.

-- The stored receipt is one paper for all its files: whoever one of them excludes reads none of it.
CREATE OR REPLACE FUNCTION situations_receipt_shuts_out(gesture bigint, agent bigint)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM situations_handedover l
          JOIN access_exclusion e ON e.case_file_id = l.case_file_id
         WHERE l.hand_over_id = gesture AND e.agent_id = agent)
$$;

-- An active agent who holds, that day in the authority's own time zone, one of the two roles.
CREATE OR REPLACE FUNCTION situations_may_answer(agent bigint, authority text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1
          FROM agents_posting p
          JOIN agents_organisation o ON o.id = p.organisation_id
          JOIN agents_agent a ON a.id = p.agent_id
          JOIN territory_childwelfareauthority t ON t.code = o.authority_id
         WHERE p.agent_id = agent AND a.is_active AND o.authority_id = authority
           AND p.role IN ('referent', 'supervisor')
           AND p.since <= (now() AT TIME ZONE t.timezone)::date
           AND (p.until IS NULL OR p.until >= (now() AT TIME ZONE t.timezone)::date)
    )
$$;

-- How many living situations somebody answers for in an authority; sealed files count, whoever
-- is asking, and nothing but the number comes out.
CREATE OR REPLACE FUNCTION situations_held_by(agent bigint, authority text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM situations_situation s
     WHERE s.referent_id = agent AND s.authority_id = authority AND s.status <> 'closed'
$$;

-- Files merged with one another are one minor's, and a minor is followed once in an authority.
CREATE OR REPLACE FUNCTION situations_living_of_minor(file bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)
      FROM situations_situation s JOIN access_casefile f ON f.id = s.case_file_id
     WHERE s.status <> 'closed'
       AND coalesce(f.merged_into_id, f.id) = (
            SELECT coalesce(g.merged_into_id, g.id) FROM access_casefile g WHERE g.id = file)
$$;
