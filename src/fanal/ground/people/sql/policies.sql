-- A person is seen with the case file, and by nobody else.

ALTER TABLE people_minor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON people_minor;
CREATE POLICY seen_with_the_file ON people_minor
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE people_holder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON people_holder;
CREATE POLICY seen_with_the_file ON people_holder
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

ALTER TABLE people_merge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON people_merge;
CREATE POLICY seen_with_the_file ON people_merge
    USING (EXISTS (SELECT 1 FROM access_casefile f WHERE f.id = case_file_id));

-- A tie speaks of two files: it is seen by whoever sees both.
ALTER TABLE people_tie ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_both_files ON people_tie;
CREATE POLICY seen_with_both_files ON people_tie USING (
    case_file_id IN (SELECT id FROM access_casefile)
    AND other_id IN (SELECT id FROM access_casefile)
);

ALTER TABLE people_possiblematch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_from_either_file ON people_possiblematch;
CREATE POLICY seen_from_either_file ON people_possiblematch USING (
    (case_file_id IN (SELECT id FROM access_casefile) AND people_may_be_hinted(other_id))
    OR (other_id IN (SELECT id FROM access_casefile) AND people_may_be_hinted(case_file_id))
);
