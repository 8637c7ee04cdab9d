-- Who listens sees the letters of their helpline.

ALTER TABLE letters_letter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS letter_seen_by_who_listens ON letters_letter;
CREATE POLICY letter_seen_by_who_listens ON letters_letter FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS letter_moved_by_who_listens ON letters_letter;
CREATE POLICY letter_moved_by_who_listens ON letters_letter FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS letter_kept_in_time ON letters_letter;
CREATE POLICY letter_kept_in_time ON letters_letter
    USING ((SELECT access_purpose()) = 'retention');
-- What watches over promises reads dates, and notes that it told.
DROP POLICY IF EXISTS letter_seen_when_late ON letters_letter;
CREATE POLICY letter_seen_when_late ON letters_letter FOR SELECT
    USING ((SELECT access_purpose()) = 'letters');
DROP POLICY IF EXISTS letter_told_late ON letters_letter;
CREATE POLICY letter_told_late ON letters_letter FOR UPDATE
    USING ((SELECT access_purpose()) = 'letters');

ALTER TABLE letters_lettertext ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS letter_text_seen_with_its_letter ON letters_lettertext;
CREATE POLICY letter_text_seen_with_its_letter ON letters_lettertext FOR SELECT
    USING ((SELECT access_purpose()) <> 'letters' AND letter_id IN (SELECT id FROM letters_letter));
DROP POLICY IF EXISTS letter_text_added_by_who_listens ON letters_lettertext;
CREATE POLICY letter_text_added_by_who_listens ON letters_lettertext FOR INSERT
    WITH CHECK (side = 'listener' AND letter_id IN (SELECT id FROM letters_letter));
DROP POLICY IF EXISTS letter_text_kept_in_time ON letters_lettertext;
CREATE POLICY letter_text_kept_in_time ON letters_lettertext
    USING ((SELECT access_purpose()) = 'retention');
