"""Whoever watches over an authority sees all of its traces; a trace knows whose agent wrote it."""

from django.db import migrations

FORWARD = """
-- Authorities for which the asking agent watches over data protection, today.
CREATE FUNCTION audit_overseen() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'data_protection'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;
-- The traces, sealed files included; never the files.
CREATE POLICY trace_overseen ON audit_trace FOR SELECT USING (
    authority_code IN (SELECT audit_overseen())
);
CREATE INDEX trace_by_authority ON audit_trace (authority_code, at DESC);

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
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION audit_order_trace() RETURNS trigger LANGUAGE plpgsql
SECURITY INVOKER AS $$
BEGIN
    NEW.xid := pg_current_xact_id();
    RETURN NEW;
END $$;
DROP INDEX trace_by_authority;
DROP POLICY trace_overseen ON audit_trace;
DROP FUNCTION audit_overseen();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seals"), ("access", "0002_row_security")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
