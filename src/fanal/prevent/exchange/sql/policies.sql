-- Who moderates sees the questions of their organisation; only who reads an answer again makes it public.

ALTER TABLE exchange_question ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS question_seen_by_who_moderates ON exchange_question;
CREATE POLICY question_seen_by_who_moderates ON exchange_question FOR SELECT
    USING (organisation_id IN (SELECT exchange_organisations()));
DROP POLICY IF EXISTS question_settled_by_who_moderates ON exchange_question;
CREATE POLICY question_settled_by_who_moderates ON exchange_question FOR UPDATE
    USING (organisation_id IN (SELECT exchange_organisations()));
DROP POLICY IF EXISTS question_kept_in_time ON exchange_question;
CREATE POLICY question_kept_in_time ON exchange_question
    USING ((SELECT access_purpose()) = 'retention');
-- Whoever must hear of a danger reads the questions in which one was read, and no other.
DROP POLICY IF EXISTS question_heard_in_danger ON exchange_question;
CREATE POLICY question_heard_in_danger ON exchange_question FOR SELECT
    USING ((SELECT access_purpose()) = 'disclosure' AND state = 'danger');

ALTER TABLE exchange_publicanswer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS entry_seen_by_who_moderates ON exchange_publicanswer;
CREATE POLICY entry_seen_by_who_moderates ON exchange_publicanswer FOR SELECT
    USING (organisation_id IN (SELECT exchange_organisations()));
DROP POLICY IF EXISTS entry_written_by_who_moderates ON exchange_publicanswer;
CREATE POLICY entry_written_by_who_moderates ON exchange_publicanswer FOR INSERT
    WITH CHECK (state = 'draft' AND written_by_id = access_agent()
                AND organisation_id IN (SELECT exchange_organisations()));
DROP POLICY IF EXISTS entry_moved_by_who_moderates ON exchange_publicanswer;
CREATE POLICY entry_moved_by_who_moderates ON exchange_publicanswer FOR UPDATE
    USING (organisation_id IN (SELECT exchange_organisations()))
    WITH CHECK (organisation_id IN (SELECT exchange_organisations())
                AND (state <> 'published' OR reviewed_by_id = access_agent()));
