-- A situation is seen by the file's people.

ALTER TABLE situations_situation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON situations_situation;
CREATE POLICY seen_with_the_file ON situations_situation
    USING (case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE situations_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON situations_entry;
CREATE POLICY seen_with_the_file ON situations_entry
    USING (case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE situations_handedover ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON situations_handedover;
CREATE POLICY seen_with_the_file ON situations_handedover
    USING (case_file_id IN (SELECT id FROM access_casefile));

-- The gesture names colleagues and no minor; its lines are seen with their files.
ALTER TABLE situations_handover ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_by_both_and_their_authority ON situations_handover;
CREATE POLICY seen_by_both_and_their_authority ON situations_handover USING (
    (SELECT access_agent()) IN (giver_id, taker_id)
    OR authority_id IN (SELECT access_authorities())
);
