"""The database's own refusals: no override of the law, no clock of a file one may not see."""

from django.db import migrations

# A duration that a text in force sets is not an authority's to change; whatever wrote the row.
GUARD = """
CREATE FUNCTION deadlines_refuse_legal_override() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An override made before the law spoke may still be brought to its end.
    IF TG_OP = 'UPDATE'
       AND (NEW.authority_id, NEW.code, NEW.amount, NEW.unit)
           = (OLD.authority_id, OLD.code, OLD.amount, OLD.unit)
       AND daterange(NEW.valid_from, NEW.valid_to) <@ daterange(OLD.valid_from, OLD.valid_to)
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM deadlines_deadlinerule r
         WHERE r.code = NEW.code AND r.tag NOT IN ('A', 'M')
           AND daterange(r.valid_from, r.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'override_of_a_legal_period: %', NEW.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER override_leaves_the_law_alone
    BEFORE INSERT OR UPDATE ON deadlines_ruleoverride
    FOR EACH ROW EXECUTE FUNCTION deadlines_refuse_legal_override();
"""

UNGUARD = """
DROP TRIGGER override_leaves_the_law_alone ON deadlines_ruleoverride;
DROP FUNCTION deadlines_refuse_legal_override();
"""

# A clock is seen by whoever sees its case file, and by the scheduled work that sounds alarms.
# EXISTS, not IN: the planner may then look one file up instead of listing all those in sight.
POLICIES = """
ALTER TABLE deadlines_clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE deadlines_clock FORCE ROW LEVEL SECURITY;
CREATE POLICY clock_seen_with_its_file ON deadlines_clock USING (
    (SELECT access_purpose()) = 'alarms'
    OR EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = deadlines_clock.case_file_id)
);

ALTER TABLE deadlines_alarm ENABLE ROW LEVEL SECURITY;
ALTER TABLE deadlines_alarm FORCE ROW LEVEL SECURITY;
CREATE POLICY alarm_seen_with_its_clock ON deadlines_alarm USING (
    EXISTS (SELECT 1 FROM deadlines_clock c WHERE c.id = deadlines_alarm.clock_id)
);
"""

UNPOLICE = """
DROP POLICY alarm_seen_with_its_clock ON deadlines_alarm;
ALTER TABLE deadlines_alarm NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deadlines_alarm DISABLE ROW LEVEL SECURITY;
DROP POLICY clock_seen_with_its_file ON deadlines_clock;
ALTER TABLE deadlines_clock NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deadlines_clock DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_rules_and_clocks"), ("access", "0002_row_security")]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(POLICIES, UNPOLICE),
    ]
