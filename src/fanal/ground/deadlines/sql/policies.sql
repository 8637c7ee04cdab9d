-- A clock is seen with its case file.

-- A clock is seen by whoever sees its case file, and by the scheduled work that sounds alarms.
-- EXISTS, not IN: the planner may then look one file up instead of listing all those in sight.
ALTER TABLE deadlines_clock ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS clock_seen_with_its_file ON deadlines_clock;
CREATE POLICY clock_seen_with_its_file ON deadlines_clock USING (
    (SELECT access_purpose()) = 'alarms'
    OR EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = deadlines_clock.case_file_id)
);

ALTER TABLE deadlines_alarm ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS alarm_seen_with_its_clock ON deadlines_alarm;
CREATE POLICY alarm_seen_with_its_clock ON deadlines_alarm USING (
    EXISTS (SELECT 1 FROM deadlines_clock c WHERE c.id = deadlines_alarm.clock_id)
);
