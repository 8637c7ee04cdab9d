"""A trace is written once: nobody who uses the application changes or removes one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_trace is append-only';
END $$;
CREATE TRIGGER trace_is_append_only BEFORE UPDATE OR DELETE ON audit_trace
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER trace_is_not_emptied BEFORE TRUNCATE ON audit_trace
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

ALTER TABLE audit_trace ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_trace FORCE ROW LEVEL SECURITY;
-- Everybody adds; an agent reads back their own, and those of the authority they answer for,
-- but for the files that are closed to them: who follows a sealed file is part of its secret.
CREATE POLICY trace_added ON audit_trace FOR INSERT WITH CHECK (true);
CREATE POLICY trace_seen ON audit_trace FOR SELECT USING (
    agent_id = (SELECT access_agent())
    OR (
        authority_code IN (SELECT access_authorities())
        AND EXISTS (SELECT 1 FROM access_casefile f WHERE f.ref = audit_trace.case_file_ref)
    )
);
"""

BACKWARD = """
DROP POLICY trace_seen ON audit_trace;
DROP POLICY trace_added ON audit_trace;
ALTER TABLE audit_trace NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_trace DISABLE ROW LEVEL SECURITY;
DROP TRIGGER trace_is_not_emptied ON audit_trace;
DROP TRIGGER trace_is_append_only ON audit_trace;
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_traces"), ("access", "0002_row_security")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
