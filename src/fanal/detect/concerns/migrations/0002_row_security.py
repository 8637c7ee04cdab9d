"""Who sees a concern: the file's people; its author sees the receipt alone."""

from django.db import migrations

TABLES = (
    "concerns_concern",
    "concerns_otherminor",
    "concerns_addition",
    "concerns_concernstep",
    "concerns_evaluation",
    "concerns_visit",
)

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_the_file ON {table}
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));
"""
    for table in TABLES
)
BACKWARD = "".join(
    f"""
DROP POLICY seen_with_the_file ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)

# Whoever reported is masked from those who only follow the situation (CASF L226-2-2).
INFORMANTS = """
CREATE FUNCTION access_evaluated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT g.case_file_id FROM access_grant g
    WHERE g.agent_id = access_agent() AND g.capacity = 'evaluator'
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;

ALTER TABLE concerns_informant ENABLE ROW LEVEL SECURITY;
ALTER TABLE concerns_informant FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_by_those_who_evaluate ON concerns_informant USING (
    case_file_id IN (SELECT id FROM access_casefile)
    AND (
        case_file_id IN (SELECT access_evaluated())
        OR case_file_id IN (
            SELECT id FROM access_casefile
             WHERE authority_id IN (SELECT access_authorities())
                OR authority_id = (SELECT access_intake())
        )
    )
);
"""
NO_INFORMANTS = """
DROP POLICY seen_by_those_who_evaluate ON concerns_informant;
ALTER TABLE concerns_informant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE concerns_informant DISABLE ROW LEVEL SECURITY;
DROP FUNCTION access_evaluated();
"""

SUBMISSIONS = """
ALTER TABLE concerns_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE concerns_submission FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_by_sender_and_receiver ON concerns_submission USING (
    organisation_id IN (SELECT access_organisations())
    OR authority_id IN (SELECT access_authorities())
    OR authority_id = (SELECT access_intake())
);
ALTER TABLE concerns_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE concerns_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_by_its_author ON concerns_draft USING (agent_id = (SELECT access_agent()));
"""
NO_SUBMISSIONS = """
DROP POLICY seen_by_its_author ON concerns_draft;
ALTER TABLE concerns_draft NO FORCE ROW LEVEL SECURITY;
ALTER TABLE concerns_draft DISABLE ROW LEVEL SECURITY;
DROP POLICY seen_by_sender_and_receiver ON concerns_submission;
ALTER TABLE concerns_submission NO FORCE ROW LEVEL SECURITY;
ALTER TABLE concerns_submission DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_concerns"), ("access", "0002_row_security")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(INFORMANTS, NO_INFORMANTS),
        migrations.RunSQL(SUBMISSIONS, NO_SUBMISSIONS),
    ]
