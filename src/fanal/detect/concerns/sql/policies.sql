-- A concern is seen by the file's people; its author sees the receipt alone.

ALTER TABLE concerns_concern ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_concern;
CREATE POLICY seen_with_the_file ON concerns_concern
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_otherminor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_otherminor;
CREATE POLICY seen_with_the_file ON concerns_otherminor
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_addition ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_addition;
CREATE POLICY seen_with_the_file ON concerns_addition
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_concernstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_concernstep;
CREATE POLICY seen_with_the_file ON concerns_concernstep
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_evaluation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_evaluation;
CREATE POLICY seen_with_the_file ON concerns_evaluation
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_visit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON concerns_visit;
CREATE POLICY seen_with_the_file ON concerns_visit
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE concerns_informant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_those_who_evaluate ON concerns_informant;
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

ALTER TABLE concerns_submission ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_sender_and_receiver ON concerns_submission;
CREATE POLICY seen_by_sender_and_receiver ON concerns_submission USING (
    organisation_id IN (SELECT access_organisations())
    OR authority_id IN (SELECT access_authorities())
    OR authority_id = (SELECT access_intake())
);
DROP POLICY IF EXISTS emptied_in_time ON concerns_submission;
CREATE POLICY emptied_in_time ON concerns_submission
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE concerns_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_its_author ON concerns_draft;
CREATE POLICY seen_by_its_author ON concerns_draft USING (agent_id = (SELECT access_agent()));
DROP POLICY IF EXISTS erased_in_time ON concerns_draft;
CREATE POLICY erased_in_time ON concerns_draft USING ((SELECT access_purpose()) = 'retention');
