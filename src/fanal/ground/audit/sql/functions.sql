-- The sealer: it links traces once they are committed, in an order that cannot skip, and lets whole
-- segments go when their term has come.

CREATE OR REPLACE FUNCTION audit_link_traces() RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    former xid8;
    edge xid8;
    one record;
    current text := NULL;
    at_position bigint;
    last_digest bytea;
    linked bigint := 0;
BEGIN
    -- One writer at a time; who comes second leaves the work to the first.
    IF NOT pg_try_advisory_xact_lock(119018) THEN
        RETURN 0;
    END IF;
    SELECT xid INTO former FROM audit_horizon;
    PERFORM pg_stat_clear_snapshot();
    edge := audit_edge();
    -- A base restored in a younger cluster counts its transactions anew: look at every row.
    IF former > edge THEN
        former := '0';
    END IF;
    FOR one IN
        SELECT t.id, t.at,
               coalesce(
                   'authority:' || nullif(t.authority_code, ''),
                   'authority:' || coalesce(o.authority_id, po.authority_id),
                   'body:' || CASE WHEN o.kind IN ('helpline', 'association') THEN o.ref END,
                   'body:' || CASE WHEN po.kind IN ('helpline', 'association') THEN po.ref END,
                   'rest'
               ) AS chain,
               jsonb_build_array(
                   t.id, to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                   t.agent_id, t.organisation_id, t.deed, t.outcome, t.subject_kind,
                   t.subject_ref, t.case_file_ref, t.authority_code, t.detail, t.seq, t.xid::text
               )::text AS content
          FROM audit_trace t
          LEFT JOIN agents_organisation o ON o.id = t.organisation_id
          LEFT JOIN LATERAL (
              SELECT p.organisation_id FROM agents_posting p
               WHERE p.agent_id = t.agent_id AND p.since <= (t.at AT TIME ZONE 'Europe/Paris')::date
                 AND (p.until IS NULL OR p.until >= (t.at AT TIME ZONE 'Europe/Paris')::date)
               ORDER BY p.id LIMIT 1
          ) p ON o.id IS NULL
          LEFT JOIN agents_organisation po ON po.id = p.organisation_id
         WHERE t.xid >= former
           AND (t.xid < edge OR t.xid >= pg_snapshot_xmax(pg_current_snapshot()))
           AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.trace_id = t.id)
         ORDER BY chain, t.xid, t.seq
    LOOP
        IF current IS DISTINCT FROM one.chain THEN
            IF current IS NOT NULL THEN
                UPDATE audit_head SET position = at_position, digest = last_digest,
                       linked_at = clock_timestamp() WHERE chain = current;
            END IF;
            current := one.chain;
            INSERT INTO audit_head (chain, position, digest, linked_at)
                 VALUES (current, 0, decode(repeat('00', 32), 'hex'), clock_timestamp())
                     ON CONFLICT DO NOTHING;
            SELECT position, digest INTO at_position, last_digest
              FROM audit_head WHERE chain = current FOR UPDATE;
        END IF;
        at_position := at_position + 1;
        INSERT INTO audit_link (chain, position, trace_id, at, previous, digest)
             VALUES (current, at_position, one.id, one.at, last_digest, sha256(convert_to(
                 'fanal-trace-1' || E'\n' || current || E'\n' || at_position || E'\n'
                 || encode(last_digest, 'hex') || E'\n' || one.content, 'UTF8')))
          RETURNING digest INTO last_digest;
        linked := linked + 1;
    END LOOP;
    IF linked > 0 THEN
        UPDATE audit_head SET position = at_position, digest = last_digest,
               linked_at = clock_timestamp() WHERE chain = current;
        UPDATE audit_horizon SET xid = edge;
    END IF;
    RETURN linked;
END $$;

CREATE OR REPLACE FUNCTION audit_expire() RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    newest timestamptz;
    allowed interval;
    removed bigint := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(119018) THEN
        RETURN 0;
    END IF;
    SELECT make_interval(months => months) INTO allowed FROM audit_term
     WHERE valid_from <= current_date ORDER BY valid_from DESC LIMIT 1;
    FOR one IN
        SELECT s.number, c->>'chain' AS chain, (c->>'first')::bigint AS first,
               (c->>'last')::bigint AS last,
               s.at + greatest(
                   allowed, make_interval(months => (s.document::jsonb->>'months')::integer)
               ) AS promised
          FROM audit_seal s, jsonb_array_elements(s.document::jsonb->'chains') c
         WHERE (c->>'last')::bigint >= (c->>'first')::bigint
           AND s.at < now() - allowed
           AND NOT EXISTS (SELECT 1 FROM audit_segment e
                            WHERE e.chain = c->>'chain' AND e.first = (c->>'first')::bigint)
         ORDER BY s.number
    LOOP
        -- The traces themselves say how old they are, not the seal.
        SELECT max(at) INTO newest FROM audit_link
         WHERE chain = one.chain AND position BETWEEN one.first AND one.last;
        CONTINUE WHEN newest IS NULL OR newest + allowed > now() OR one.promised > now();
        -- From the oldest on: what stays of a chain is always its end.
        CONTINUE WHEN EXISTS (SELECT 1 FROM audit_link
                               WHERE chain = one.chain AND position < one.first);
        INSERT INTO audit_segment VALUES (one.chain, one.first, one.last, one.number, now());
        DELETE FROM audit_trace t USING audit_link l
         WHERE l.trace_id = t.id AND l.chain = one.chain
           AND l.position BETWEEN one.first AND one.last;
        DELETE FROM audit_link WHERE chain = one.chain
           AND position BETWEEN one.first AND one.last;
        removed := removed + one.last - one.first + 1;
    END LOOP;
    RETURN removed;
END $$;

-- Authorities for which the asking agent watches over data protection, today.
CREATE OR REPLACE FUNCTION audit_overseen() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'data_protection'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;

-- Every transaction before this edge has ended: none can commit a trace behind it. Those of another
-- database of the server cannot write here: they hold nobody up.
-- STABLE: all that is read here is read in the snapshot of whoever calls.
CREATE OR REPLACE FUNCTION audit_edge() RETURNS xid8 LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT min(x) FROM pg_snapshot_xip(pg_current_snapshot()) x
          WHERE NOT EXISTS (
              SELECT 1 FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
               WHERE a.backend_xid = x::xid AND d.datname <> current_database()
          )),
        pg_snapshot_xmax(pg_current_snapshot())
    );
$$;
