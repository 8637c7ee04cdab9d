-- Codes of access are seen with their case file; attempts, by their function alone.

ALTER TABLE traces_accesscode ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS code_of_file ON traces_accesscode;
CREATE POLICY code_of_file ON traces_accesscode USING (
    EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = traces_accesscode.case_file_id)
);

ALTER TABLE traces_attempt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS attempt_hidden ON traces_attempt;
CREATE POLICY attempt_hidden ON traces_attempt USING (false);
