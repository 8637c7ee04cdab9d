"""The same policy, asked of one conversation and not of a month of them."""

from django.db import migrations

ASKED_OF_ONE = """
DROP POLICY message_seen_by_who_has_a_part ON chats_message;
CREATE POLICY message_seen_by_who_has_a_part ON chats_message FOR SELECT
    USING (EXISTS (
        SELECT 1 FROM chats_conversation c
         WHERE c.id = chats_message.conversation_id
           AND (c.state <> 'active' OR c.listener_id = (SELECT access_agent())
                OR EXISTS (SELECT 1 FROM chats_reading r
                            WHERE r.conversation_id = c.id AND r.until IS NULL
                              AND r.agent_id = (SELECT access_agent())))));
"""

ASKED_OF_ALL = """
DROP POLICY message_seen_by_who_has_a_part ON chats_message;
CREATE POLICY message_seen_by_who_has_a_part ON chats_message FOR SELECT
    USING (conversation_id IN (
        SELECT c.id FROM chats_conversation c
         WHERE c.state <> 'active' OR c.listener_id = (SELECT access_agent())
            OR c.id IN (SELECT r.conversation_id FROM chats_reading r
                         WHERE r.agent_id = (SELECT access_agent()) AND r.until IS NULL)));
"""


class Migration(migrations.Migration):
    dependencies = [("chats", "0010_words_said_before_a_return_go_in_time")]

    operations = [migrations.RunSQL(ASKED_OF_ONE, ASKED_OF_ALL)]
