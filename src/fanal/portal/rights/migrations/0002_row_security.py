"""A request is seen by those who answer for the authority, and by those who hold its file."""

from django.db import migrations

ANSWERING = """
-- Authorities whose requests the asking agent answers today.
CREATE FUNCTION rights_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role IN ('controller', 'data_protection')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;
"""

_TABLES = ("rights_rightsrequest", "rights_rightsstep", "rights_correction")
SECURE = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    for table in _TABLES
)
OPEN = "".join(
    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in _TABLES
)

_SEEN = """(
    authority_id IN (SELECT rights_authorities())
    OR EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.ref = file_ref AND f.authority_id = rights_rightsrequest.authority_id
    )
)"""
POLICIES = f"""
CREATE POLICY request_seen ON rights_rightsrequest FOR SELECT USING {_SEEN};
CREATE POLICY request_moved_on ON rights_rightsrequest FOR UPDATE USING {_SEEN};
CREATE POLICY request_recorded ON rights_rightsrequest FOR INSERT
    WITH CHECK (authority_id IN (SELECT rights_authorities()));
CREATE POLICY request_kept_in_time ON rights_rightsrequest
    USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY step_seen_with_the_request ON rights_rightsstep FOR SELECT
    USING (request_id IN (SELECT id FROM rights_rightsrequest));
CREATE POLICY step_added_to_the_request ON rights_rightsstep FOR INSERT
    WITH CHECK (request_id IN (SELECT id FROM rights_rightsrequest));
-- What stood in the file and what stands there now is the file's.
CREATE POLICY correction_seen_with_the_file ON rights_correction FOR SELECT
    USING (case_file_id IN (SELECT id FROM access_casefile));
CREATE POLICY correction_added_to_the_file ON rights_correction FOR INSERT
    WITH CHECK (case_file_id IN (SELECT id FROM access_casefile));
"""
NO_POLICIES = """
DROP POLICY correction_added_to_the_file ON rights_correction;
DROP POLICY correction_seen_with_the_file ON rights_correction;
DROP POLICY step_added_to_the_request ON rights_rightsstep;
DROP POLICY step_seen_with_the_request ON rights_rightsstep;
DROP POLICY request_kept_in_time ON rights_rightsrequest;
DROP POLICY request_recorded ON rights_rightsrequest;
DROP POLICY request_moved_on ON rights_rightsrequest;
DROP POLICY request_seen ON rights_rightsrequest;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_rights_requests"),
        ("access", "0004_memberships_shares_and_openings_guarded"),
        ("retention", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(ANSWERING, "DROP FUNCTION rights_authorities();"),
        migrations.RunSQL(SECURE, OPEN),
        migrations.RunSQL(POLICIES, NO_POLICIES),
    ]
