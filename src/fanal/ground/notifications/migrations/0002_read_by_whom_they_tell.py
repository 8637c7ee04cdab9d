"""A notice is read by whom it tells, and by nobody else; anybody's act may leave one."""

from django.db import migrations

FORWARD = """
ALTER TABLE notifications_notification ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_notification FORCE ROW LEVEL SECURITY;
CREATE POLICY notice_left ON notifications_notification FOR INSERT WITH CHECK (true);
CREATE POLICY notice_seen ON notifications_notification FOR SELECT
    USING (agent_id = (SELECT access_agent()));
CREATE POLICY notice_read ON notifications_notification FOR UPDATE
    USING (agent_id = (SELECT access_agent()));
"""
BACKWARD = """
DROP POLICY notice_read ON notifications_notification;
DROP POLICY notice_seen ON notifications_notification;
DROP POLICY notice_left ON notifications_notification;
ALTER TABLE notifications_notification NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notifications_notification DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_notifications"),
        ("access", "0004_memberships_shares_and_openings_guarded"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
