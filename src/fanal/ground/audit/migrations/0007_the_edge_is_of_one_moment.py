"""
The sealer's edge is read in one snapshot.

It was read in two, one after the other: a transaction that began between them, and ended later,
could be passed by. Its trace had no link, and looked like one that a hand had inserted.
"""

from django.db import migrations

EDGE = """
-- Every transaction before this edge has ended: none can commit a trace behind it. Those of another
-- database of the server cannot write here: they hold nobody up.
-- STABLE: all that is read here is read in the snapshot of whoever calls.
CREATE FUNCTION audit_edge() RETURNS xid8 LANGUAGE sql STABLE
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
"""
NO_EDGE = "DROP FUNCTION audit_edge();"

IN_ONE = """
    PERFORM pg_stat_clear_snapshot();
    edge := audit_edge();
"""
IN_TWO = """
    -- Every transaction before this edge has ended: none can commit a trace behind us. Those of
    -- another database of the server cannot write here: they hold nobody up.
    PERFORM pg_stat_clear_snapshot();
    SELECT min(x) INTO edge FROM pg_snapshot_xip(pg_current_snapshot()) x
     WHERE NOT EXISTS (
         SELECT 1 FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
          WHERE a.backend_xid = x::xid AND d.datname <> current_database()
     );
    edge := coalesce(edge, pg_snapshot_xmax(pg_current_snapshot()));
"""

# The same words as ground/audit/canon.py, where the verifier has them.
SEALER = """
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
    -- EDGE
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
               WHERE p.agent_id = t.agent_id AND p.since <= t.at::date
                 AND (p.until IS NULL OR p.until >= t.at::date)
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
                 'fanal-trace-1' || E'\\n' || current || E'\\n' || at_position || E'\\n'
                 || encode(last_digest, 'hex') || E'\\n' || one.content, 'UTF8')))
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
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_refusals_of_nobody_are_counted")]

    operations = [
        migrations.RunSQL(EDGE, NO_EDGE),
        migrations.RunSQL(
            SEALER.replace("    -- EDGE\n", IN_ONE.lstrip("\n")),
            SEALER.replace("    -- EDGE\n", IN_TWO.lstrip("\n")),
        ),
    ]
