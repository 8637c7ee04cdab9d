"""
Who sees a signalement: the file's people, and the parquet of the court once it was sent.

Its words do not change once sent, its states follow one another, and none is skipped.
"""

from django.db import migrations

_SECURED = (
    "reports_report",
    "reports_reportcopy",
    "reports_reportinformant",
    "reports_reportletter",
    "reports_reportoutcome",
    "reports_reportstep",
)
SECURE = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    for table in _SECURED
)
OPEN = "".join(
    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in _SECURED
)

_SENT_TO_THE_PARQUET = """
    status <> 'draft' AND case_file_id NOT IN (SELECT access_excluded()) AND (
        court_id IN (SELECT access_courts()) OR tpe_court_id IN (SELECT access_courts())
    )
"""

REPORTS = f"""
CREATE POLICY report_seen_with_the_file ON reports_report
    USING (case_file_id IN (SELECT id FROM access_casefile));
CREATE POLICY report_seen_by_the_parquet ON reports_report FOR SELECT
    USING ({_SENT_TO_THE_PARQUET});
CREATE POLICY report_answered_by_the_parquet ON reports_report FOR UPDATE
    USING ({_SENT_TO_THE_PARQUET}) WITH CHECK ({_SENT_TO_THE_PARQUET});
CREATE POLICY report_sent_is_kept ON reports_report AS RESTRICTIVE FOR DELETE
    USING (status = 'draft');
"""
NO_REPORTS = """
DROP POLICY report_sent_is_kept ON reports_report;
DROP POLICY report_answered_by_the_parquet ON reports_report;
DROP POLICY report_seen_by_the_parquet ON reports_report;
DROP POLICY report_seen_with_the_file ON reports_report;
"""

# Who alerted, and the letter that says so, are for the parquet and for those who may see the
# informant of a concern: holding the file by name to follow the minor opens neither
# (CASF L226-2-2).
_NAMING = ("reports_reportinformant", "reports_reportletter")
_INFORMANT_SEEN = f"""
    report_id IN (SELECT id FROM reports_report WHERE {_SENT_TO_THE_PARQUET})
    OR (
        case_file_id IN (SELECT id FROM access_casefile)
        AND (
            case_file_id IN (SELECT access_evaluated())
            OR case_file_id IN (
                SELECT id FROM access_casefile
                 WHERE authority_id IN (SELECT access_authorities())
                    OR authority_id = (SELECT access_intake())
            )
        )
    )
"""

# What else hangs on a signalement is seen with it. Copies are chosen while it is a draft; a letter
# and who alerted are written by those who see the file; outcomes and steps are added by whoever sees the signalement.
# No policy lets a letter, an informant, an outcome or a step be changed or removed.
_OF_A_REPORT = "(report_id, case_file_id) IN (SELECT id, case_file_id FROM reports_report{where})"
SATELLITES = (
    "".join(
        f"""
CREATE POLICY seen_with_the_report ON {table} FOR SELECT
    USING (report_id IN (SELECT id FROM reports_report));
"""
        for table in _SECURED[1:]
        if table not in _NAMING
    )
    + "".join(
        f"""
CREATE POLICY seen_by_the_parquet_and_those_who_evaluate ON {table} FOR SELECT
    USING ({_INFORMANT_SEEN});
CREATE POLICY written_with_the_file ON {table} FOR INSERT
    WITH CHECK (
        case_file_id IN (SELECT id FROM access_casefile) AND {_OF_A_REPORT.format(where="")}
    );
"""
        for table in _NAMING
    )
    + f"""
CREATE POLICY chosen_in_the_draft ON reports_reportcopy
    USING ({_OF_A_REPORT.format(where=" WHERE status = 'draft'")});
CREATE POLICY added_to_the_report ON reports_reportoutcome FOR INSERT
    WITH CHECK ({_OF_A_REPORT.format(where="")});
CREATE POLICY added_to_the_report ON reports_reportstep FOR INSERT
    WITH CHECK ({_OF_A_REPORT.format(where="")});
"""
)
NO_SATELLITES = (
    """
DROP POLICY added_to_the_report ON reports_reportstep;
DROP POLICY added_to_the_report ON reports_reportoutcome;
DROP POLICY chosen_in_the_draft ON reports_reportcopy;
"""
    + "".join(
        f"DROP POLICY seen_with_the_report ON {table};"
        for table in _SECURED[1:]
        if table not in _NAMING
    )
    + "".join(
        f"DROP POLICY written_with_the_file ON {table};"
        f"DROP POLICY seen_by_the_parquet_and_those_who_evaluate ON {table};"
        for table in _NAMING
    )
)

COURSE = """
CREATE FUNCTION reports_keep_course() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    living text[] := ARRAY[
        'status', 'updated_at', 'acknowledged_at', 'informed_back_at', 'closed_at',
        'parents_allowed_at', 'parents_told_at'
    ];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'report_begins_as_a_draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'draft' AND to_jsonb(OLD) - living <> to_jsonb(NEW) - living THEN
        RAISE EXCEPTION 'report_sent_does_not_change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        ('draft', 'sent'), ('sent', 'acknowledged'),
        ('acknowledged', 'informed_back'), ('informed_back', 'closed')
    ) THEN
        RAISE EXCEPTION 'report_skips_no_state' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status IN ('informed_back', 'closed') AND NOT EXISTS (
        SELECT 1 FROM reports_reportoutcome o WHERE o.report_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'report_answered_has_an_outcome' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER report_keeps_its_course
    BEFORE INSERT OR UPDATE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_keep_course();
"""
NO_COURSE = """
DROP TRIGGER report_keeps_its_course ON reports_report;
DROP FUNCTION reports_keep_course();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_reports"),
        ("access", "0002_row_security"),
        ("concerns", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(SECURE, OPEN),
        migrations.RunSQL(REPORTS, NO_REPORTS),
        migrations.RunSQL(SATELLITES, NO_SATELLITES),
        migrations.RunSQL(COURSE, NO_COURSE),
    ]
