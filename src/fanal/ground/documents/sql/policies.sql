-- A document is seen with its case file.

ALTER TABLE documents_document ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS seen_with_the_file ON documents_document;
CREATE POLICY seen_with_the_file ON documents_document
    USING (case_file_id IN (SELECT id FROM access_casefile));
