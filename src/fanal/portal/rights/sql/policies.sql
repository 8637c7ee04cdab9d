-- A request is seen by those who answer for the authority, by those who hold its file, and, open or not,
-- by the scheduled work that reminds in time.

ALTER TABLE rights_rightsrequest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS request_seen ON rights_rightsrequest;
CREATE POLICY request_seen ON rights_rightsrequest FOR SELECT USING (
    authority_id IN (SELECT rights_authorities())
    OR EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.ref = file_ref AND f.authority_id = rights_rightsrequest.authority_id
    )
);
DROP POLICY IF EXISTS request_moved_on ON rights_rightsrequest;
CREATE POLICY request_moved_on ON rights_rightsrequest FOR UPDATE USING (
    authority_id IN (SELECT rights_authorities())
    OR EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.ref = file_ref AND f.authority_id = rights_rightsrequest.authority_id
    )
);
DROP POLICY IF EXISTS request_recorded ON rights_rightsrequest;
CREATE POLICY request_recorded ON rights_rightsrequest FOR INSERT
    WITH CHECK (authority_id IN (SELECT rights_authorities()));
DROP POLICY IF EXISTS request_kept_in_time ON rights_rightsrequest;
CREATE POLICY request_kept_in_time ON rights_rightsrequest
    USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS request_reminded ON rights_rightsrequest;
CREATE POLICY request_reminded ON rights_rightsrequest FOR SELECT
    USING ((SELECT access_purpose()) = 'alarms');

ALTER TABLE rights_rightsstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS step_seen_with_the_request ON rights_rightsstep;
CREATE POLICY step_seen_with_the_request ON rights_rightsstep FOR SELECT
    USING (request_id IN (SELECT id FROM rights_rightsrequest));
DROP POLICY IF EXISTS step_added_to_the_request ON rights_rightsstep;
CREATE POLICY step_added_to_the_request ON rights_rightsstep FOR INSERT
    WITH CHECK (request_id IN (SELECT id FROM rights_rightsrequest));

ALTER TABLE rights_correction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- What stood in the file and what stands there now is the file's.
DROP POLICY IF EXISTS correction_seen_with_the_file ON rights_correction;
CREATE POLICY correction_seen_with_the_file ON rights_correction FOR SELECT
    USING (case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS correction_added_to_the_file ON rights_correction;
CREATE POLICY correction_added_to_the_file ON rights_correction FOR INSERT
    WITH CHECK (case_file_id IN (SELECT id FROM access_casefile));
