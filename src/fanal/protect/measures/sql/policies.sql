-- A measure is seen by the file's people.

-- EXISTS, not IN: the planner may then look one file up instead of listing all those in sight.
ALTER TABLE measures_measure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON measures_measure;
CREATE POLICY seen_with_the_file ON measures_measure USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = measures_measure.case_file_id)
);

ALTER TABLE measures_measurestep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON measures_measurestep;
CREATE POLICY seen_with_the_file ON measures_measurestep USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = measures_measurestep.case_file_id)
);

ALTER TABLE measures_carequestion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON measures_carequestion;
CREATE POLICY seen_with_the_file ON measures_carequestion USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = measures_carequestion.case_file_id)
);

ALTER TABLE measures_exitban ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON measures_exitban;
CREATE POLICY seen_with_the_file ON measures_exitban USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = measures_exitban.case_file_id)
);

ALTER TABLE measures_emergencyshelter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON measures_emergencyshelter;
CREATE POLICY seen_with_the_file ON measures_emergencyshelter USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = measures_emergencyshelter.case_file_id)
);
