-- Who listens sees the calls and lines of their helpline, and answers.

ALTER TABLE calls_call ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS call_seen_by_who_listens ON calls_call;
CREATE POLICY call_seen_by_who_listens ON calls_call FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS call_answered_by_who_listens ON calls_call;
CREATE POLICY call_answered_by_who_listens ON calls_call FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS call_kept_in_time ON calls_call;
CREATE POLICY call_kept_in_time ON calls_call
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE calls_openline ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS line_seen_by_who_listens ON calls_openline;
CREATE POLICY line_seen_by_who_listens ON calls_openline FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS line_of_oneself ON calls_openline;
CREATE POLICY line_of_oneself ON calls_openline FOR INSERT
    WITH CHECK (agent_id = access_agent()
                AND organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS line_moved_by_oneself ON calls_openline;
CREATE POLICY line_moved_by_oneself ON calls_openline FOR UPDATE
    USING (agent_id = access_agent());

ALTER TABLE calls_callback ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS call_back_of_who_listens ON calls_callback;
CREATE POLICY call_back_of_who_listens ON calls_callback
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS call_back_kept_in_time ON calls_callback;
CREATE POLICY call_back_kept_in_time ON calls_callback
    USING ((SELECT access_purpose()) = 'retention');
