-- A trace is written once: nobody changes one, and nothing leaves but a segment recorded as expired.

-- The same words as ground/audit/canon.py, where the verifier has them.
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER trace_is_not_emptied BEFORE TRUNCATE ON audit_trace
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE OR REPLACE TRIGGER link_is_not_emptied BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE OR REPLACE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE OR REPLACE TRIGGER seal_is_not_emptied BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

-- A list, a search, an entry concern no single file: they belong to the agent's own authority.
CREATE OR REPLACE FUNCTION audit_order_trace() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Whatever was asked: a trace cannot pretend to have been written by another transaction.
    NEW.xid := pg_current_xact_id();
    IF NEW.authority_code = '' AND NEW.agent_id IS NOT NULL THEN
        NEW.authority_code := coalesce((
            SELECT o.authority_id
              FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
             WHERE p.agent_id = NEW.agent_id AND o.authority_id IS NOT NULL
               AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
             ORDER BY p.id LIMIT 1
        ), '');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER trace_is_ordered BEFORE INSERT ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_order_trace();

-- Nothing leaves but a segment recorded as expired.
CREATE OR REPLACE FUNCTION audit_keep_trace() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE TRIGGER trace_is_append_only BEFORE UPDATE OR DELETE ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_keep_trace();

CREATE OR REPLACE FUNCTION audit_keep_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM audit_segment s
         WHERE s.chain = OLD.chain AND OLD.position BETWEEN s.first AND s.last
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE TRIGGER link_is_append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_keep_link();
