"""
Rows that nobody rewrites nor removes still leave with their file, when its time has come.

Here and not in each room: it is one rule, of the work that erases.
"""

from django.db import migrations

FUNCTIONS = {
    "situations_refuse_rewriting": "situations_entry is append-only",
    "measures_refuse_rewriting": "a row is kept as it was written",
}


def _function(name: str, message: str, *, in_time: bool) -> str:
    passing = (
        "IF TG_OP = 'DELETE' AND access_purpose() = 'retention' THEN RETURN OLD; END IF;"
        if in_time
        else ""
    )
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {passing}
    RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';
END $$;
"""


def _reports(condition: str) -> str:
    return f"""
DROP POLICY report_sent_is_kept ON reports_report;
CREATE POLICY report_sent_is_kept ON reports_report AS RESTRICTIVE FOR DELETE
    USING ({condition});
"""


LOOSE = """
CREATE POLICY emptied_in_time ON concerns_submission
    USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY erased_in_time ON concerns_draft USING ((SELECT access_purpose()) = 'retention');
"""
NO_LOOSE = """
DROP POLICY erased_in_time ON concerns_draft;
DROP POLICY emptied_in_time ON concerns_submission;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_row_security"),
        ("concerns", "0002_row_security"),
        ("reports", "0002_row_security"),
        ("situations", "0002_row_security"),
        ("measures", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(
            "".join(_function(name, text, in_time=True) for name, text in FUNCTIONS.items()),
            "".join(_function(name, text, in_time=False) for name, text in FUNCTIONS.items()),
        ),
        migrations.RunSQL(
            _reports("status = 'draft' OR (SELECT access_purpose()) = 'retention'"),
            _reports("status = 'draft'"),
        ),
        migrations.RunSQL(LOOSE, NO_LOOSE),
    ]
