-- A code opens one file's accesses to whoever holds it, without a session and without a name.

-- 'open', 'wrong' or 'slow'. A code opens for half an hour from its first use, and no more.
CREATE OR REPLACE FUNCTION traces_admit(wanted text, origin text) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    code record;
BEGIN
    DELETE FROM traces_attempt WHERE at < now() - interval '1 day';
    IF (SELECT count(*) FROM traces_attempt
         WHERE source = origin AND at > now() - interval '10 minutes') >= 10
       OR (SELECT count(*) FROM traces_attempt WHERE at > now() - interval '10 minutes') >= 600
    THEN
        RETURN 'slow';
    END IF;
    SELECT c.*, f.ref AS file_ref, f.authority_id INTO code
      FROM traces_accesscode c JOIN access_casefile f ON f.id = c.case_file_id
     WHERE c.digest = wanted AND c.revoked_at IS NULL AND c.expires_at > now()
       AND (c.used_at IS NULL OR c.used_at > now() - interval '30 minutes')
       FOR UPDATE OF c;
    IF NOT FOUND THEN
        INSERT INTO traces_attempt (source) VALUES (origin);
        INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, authority_code, detail)
             VALUES (gen_random_uuid(), clock_timestamp(), 'traces.use_code', 'refused', '', '',
                     '{}');
        RETURN 'wrong';
    END IF;
    UPDATE traces_accesscode SET used_at = coalesce(used_at, now()) WHERE id = code.id;
    INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, subject_ref, case_file_ref,
                             authority_code, detail)
         VALUES (gen_random_uuid(), clock_timestamp(), 'traces.use_code', 'read',
                 'traces.accesscode', code.ref, code.file_ref, code.authority_id, '{}');
    RETURN 'open';
END $$;

-- Services and functions, never a name; what the justice and the police did is withheld.
CREATE OR REPLACE FUNCTION traces_opened(wanted text)
RETURNS TABLE (day date, service text, function text, changed boolean) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (t.at AT TIME ZONE 'Europe/Paris')::date, o.name::text, a.function::text,
           bool_or(t.outcome = 'done')
      FROM traces_accesscode c
      JOIN access_casefile f ON f.id = c.case_file_id
      JOIN access_casefile g ON g.id = f.id OR g.merged_into_id = f.id
      JOIN audit_trace t ON t.case_file_ref = g.ref AND t.outcome IN ('read', 'done')
      JOIN agents_agent a ON a.id = t.agent_id
      JOIN LATERAL (
          SELECT p.organisation_id, p.role FROM agents_posting p
           WHERE p.agent_id = a.id AND p.since <= (t.at AT TIME ZONE 'Europe/Paris')::date
             AND (p.until IS NULL OR p.until >= (t.at AT TIME ZONE 'Europe/Paris')::date)
           ORDER BY p.id LIMIT 1
      ) p ON true
      JOIN agents_organisation o ON o.id = coalesce(t.organisation_id, p.organisation_id)
     WHERE c.digest = wanted AND c.revoked_at IS NULL
       AND c.used_at > now() - interval '30 minutes'
       -- The justice and the police; whoever sent the concern, by role and by deed.
       AND o.kind NOT IN ('prosecution', 'police') AND p.role NOT IN ('parquet', 'author')
       AND t.deed NOT LIKE 'concern.send%' AND t.deed NOT LIKE 'submission.%'
     GROUP BY 1, 2, 3
     ORDER BY 1 DESC, 2, 3 $$;
