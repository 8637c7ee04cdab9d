"""Seals of a day, kept elsewhere too, and the end of the traces whose term has come."""

from django.db import migrations

SEALS = """
CREATE TABLE audit_seal (
    number bigint PRIMARY KEY CHECK (number > 0),
    at timestamptz NOT NULL,
    document text NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    stamp bytea
);
CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER seal_is_not_emptied BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY seal_seen ON audit_seal FOR SELECT USING (true);
CREATE POLICY seal_added ON audit_seal FOR INSERT WITH CHECK (true);
"""

NO_SEALS = "DROP TABLE audit_seal;"

TERMS = """
CREATE TABLE audit_term (
    valid_from date PRIMARY KEY,
    months integer NOT NULL CHECK (months > 0),
    basis text NOT NULL
);
INSERT INTO audit_term VALUES
    ('2026-01-01', 12, 'RGPD art. 5, 1 e ; recommandation CNIL sur la journalisation : un an');
CREATE TABLE audit_segment (
    chain text NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    seal bigint NOT NULL,
    expired_at timestamptz NOT NULL,
    PRIMARY KEY (chain, first)
);
ALTER TABLE audit_term ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_term FORCE ROW LEVEL SECURITY;
CREATE POLICY term_seen ON audit_term FOR SELECT USING (true);
ALTER TABLE audit_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_segment FORCE ROW LEVEL SECURITY;
CREATE POLICY segment_seen ON audit_segment FOR SELECT USING (true);
"""

NO_TERMS = "DROP TABLE audit_segment; DROP TABLE audit_term;"

EXPIRY = """
-- Nothing leaves but a segment recorded as expired.
CREATE FUNCTION audit_keep_trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM audit_link l JOIN audit_segment s
            ON s.chain = l.chain AND l.position BETWEEN s.first AND s.last
         WHERE l.trace_id = OLD.id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE FUNCTION audit_keep_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM audit_segment s
         WHERE s.chain = OLD.chain AND OLD.position BETWEEN s.first AND s.last
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER trace_is_append_only ON audit_trace;
CREATE TRIGGER trace_is_append_only BEFORE UPDATE OR DELETE ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_keep_trace();
DROP TRIGGER link_is_append_only ON audit_link;
CREATE TRIGGER link_is_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_keep_link();

CREATE FUNCTION audit_expire() RETURNS bigint LANGUAGE plpgsql
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
"""

NO_EXPIRY = """
DROP FUNCTION audit_expire();
DROP TRIGGER link_is_append_only ON audit_link;
CREATE TRIGGER link_is_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
DROP TRIGGER trace_is_append_only ON audit_trace;
CREATE TRIGGER trace_is_append_only BEFORE UPDATE OR DELETE ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
DROP FUNCTION audit_keep_link();
DROP FUNCTION audit_keep_trace();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chains")]

    operations = [
        migrations.RunSQL(SEALS, NO_SEALS),
        migrations.RunSQL(TERMS, NO_TERMS),
        migrations.RunSQL(EXPIRY, NO_EXPIRY),
    ]
