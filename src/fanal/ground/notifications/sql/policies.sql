-- A notice is read by whom it tells, and by nobody else; anybody's act may leave one.

ALTER TABLE notifications_notification ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS notice_left ON notifications_notification;
CREATE POLICY notice_left ON notifications_notification FOR INSERT WITH CHECK (true);
DROP POLICY IF EXISTS notice_seen ON notifications_notification;
CREATE POLICY notice_seen ON notifications_notification FOR SELECT
    USING (agent_id = (SELECT access_agent()));
DROP POLICY IF EXISTS notice_read ON notifications_notification;
CREATE POLICY notice_read ON notifications_notification FOR UPDATE
    USING (agent_id = (SELECT access_agent()));
