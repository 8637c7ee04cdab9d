"""Who sees what was kept and erased: the authority's controller, and the work of the night."""

from django.db import migrations

CONTROLLERS = """
-- Authorities for which the asking agent answers, today, as controller.
CREATE FUNCTION retention_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'controller'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;
"""

_BY_CODE = ("retention_erasure", "retention_keptcount", "retention_retentionrun")
_ALL = ("retention_hold", "retention_archived", *_BY_CODE)

SECURE = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    for table in _ALL
)
OPEN = "".join(
    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in _ALL
)

POLICIES = (
    "".join(
        f"""
CREATE POLICY written_in_time ON {table} USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY seen_by_the_controller ON {table} FOR SELECT
    USING (authority_code IN (SELECT retention_authorities()));
"""
        for table in _BY_CODE
    )
    + """
CREATE POLICY written_in_time ON retention_hold USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY seen_by_the_controller ON retention_hold FOR SELECT
    USING (authority_id IN (SELECT retention_authorities()));
-- Read by the policy of the files themselves, for whoever asks: a file, a day, a rule.
CREATE POLICY seen_by_the_wall ON retention_archived FOR SELECT USING (true);
CREATE POLICY written_in_time ON retention_archived
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY casefile_kept_in_time ON access_casefile
    USING ((SELECT access_purpose()) = 'retention');
-- An archived file has left every desk, whoever holds it.
CREATE POLICY casefile_archived_is_closed ON access_casefile AS RESTRICTIVE USING (
    (SELECT access_purpose()) = 'retention'
    OR id NOT IN (SELECT case_file_id FROM retention_archived)
);
"""
)
NO_POLICIES = """
DROP POLICY casefile_archived_is_closed ON access_casefile;
DROP POLICY casefile_kept_in_time ON access_casefile;
DROP POLICY written_in_time ON retention_archived;
DROP POLICY seen_by_the_wall ON retention_archived;
DROP POLICY seen_by_the_controller ON retention_hold;
DROP POLICY written_in_time ON retention_hold;
""" + "".join(
    f"DROP POLICY seen_by_the_controller ON {table};DROP POLICY written_in_time ON {table};"
    for table in _BY_CODE
)

GUARDS = """
-- A file goes under one purpose alone, and never while a hold stands on it.
CREATE FUNCTION retention_guard_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF access_purpose() IS DISTINCT FROM 'retention' THEN
        RAISE EXCEPTION 'casefile_is_erased_in_time_alone' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM retention_hold h WHERE h.case_file_id = OLD.id AND h.lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'casefile_is_held' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER casefile_goes_in_time BEFORE DELETE ON access_casefile
    FOR EACH ROW EXECUTE FUNCTION retention_guard_file();

CREATE FUNCTION retention_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'retention_erasure is append-only' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER erasure_is_append_only BEFORE UPDATE OR DELETE ON retention_erasure
    FOR EACH ROW EXECUTE FUNCTION retention_refuse_rewriting();
CREATE TRIGGER erasure_is_not_emptied BEFORE TRUNCATE ON retention_erasure
    FOR EACH STATEMENT EXECUTE FUNCTION retention_refuse_rewriting();
"""
NO_GUARDS = """
DROP TRIGGER erasure_is_not_emptied ON retention_erasure;
DROP TRIGGER erasure_is_append_only ON retention_erasure;
DROP FUNCTION retention_refuse_rewriting();
DROP TRIGGER casefile_goes_in_time ON access_casefile;
DROP FUNCTION retention_guard_file();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_holds_archives_and_erasures"),
        ("access", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(CONTROLLERS, "DROP FUNCTION retention_authorities();"),
        migrations.RunSQL(SECURE, OPEN),
        migrations.RunSQL(POLICIES, NO_POLICIES),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
