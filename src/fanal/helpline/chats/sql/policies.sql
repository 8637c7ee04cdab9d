-- Who listens sees the conversations of their helpline, who leads one sees its words, and who reads
-- along says so; a ready phrase is written by one and reviewed by another.

ALTER TABLE chats_conversation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS conversation_seen_by_who_listens ON chats_conversation;
CREATE POLICY conversation_seen_by_who_listens ON chats_conversation FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS conversation_moved_by_who_listens ON chats_conversation;
CREATE POLICY conversation_moved_by_who_listens ON chats_conversation FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS conversation_kept_in_time ON chats_conversation;
CREATE POLICY conversation_kept_in_time ON chats_conversation
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE chats_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS message_added_by_who_listens ON chats_message;
CREATE POLICY message_added_by_who_listens ON chats_message FOR INSERT
    WITH CHECK (side <> 'visitor' AND conversation_id IN (SELECT id FROM chats_conversation));
DROP POLICY IF EXISTS message_kept_in_time ON chats_message;
CREATE POLICY message_kept_in_time ON chats_message
    USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS message_seen_by_who_has_a_part ON chats_message;
CREATE POLICY message_seen_by_who_has_a_part ON chats_message FOR SELECT
    USING (EXISTS (
        SELECT 1 FROM chats_conversation c
         WHERE c.id = chats_message.conversation_id
           AND (c.state <> 'active' OR c.listener_id = (SELECT access_agent())
                OR EXISTS (SELECT 1 FROM chats_reading r
                            WHERE r.conversation_id = c.id AND r.until IS NULL
                              AND r.agent_id = (SELECT access_agent())))));

ALTER TABLE chats_desk ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS desk_seen_by_colleagues ON chats_desk;
CREATE POLICY desk_seen_by_colleagues ON chats_desk FOR SELECT USING (EXISTS (
    SELECT 1 FROM agents_posting p
     WHERE p.agent_id = chats_desk.agent_id
       AND p.organisation_id IN (SELECT chats_organisations())));

ALTER TABLE chats_move ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS move_seen_with_its_conversation ON chats_move;
CREATE POLICY move_seen_with_its_conversation ON chats_move FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
DROP POLICY IF EXISTS move_decided_by_who_listens ON chats_move;
CREATE POLICY move_decided_by_who_listens ON chats_move FOR INSERT
    WITH CHECK (by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation)
                AND other_id IN (SELECT id FROM chats_conversation));
DROP POLICY IF EXISTS move_kept_in_time ON chats_move;
CREATE POLICY move_kept_in_time ON chats_move
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE chats_transfer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS transfer_seen_by_both ON chats_transfer;
CREATE POLICY transfer_seen_by_both ON chats_transfer FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation)
           AND (asked_by_id = access_agent() OR to_id IS NULL OR to_id = access_agent()
                OR answered_by_id = access_agent()));
DROP POLICY IF EXISTS transfer_asked_by_who_listens ON chats_transfer;
CREATE POLICY transfer_asked_by_who_listens ON chats_transfer FOR INSERT
    WITH CHECK (asked_by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation c
                                         WHERE c.listener_id = access_agent()));
DROP POLICY IF EXISTS transfer_answered_by_both ON chats_transfer;
CREATE POLICY transfer_answered_by_both ON chats_transfer FOR UPDATE
    USING (state = 'asked' AND conversation_id IN (SELECT id FROM chats_conversation)
           AND (asked_by_id = access_agent() OR to_id IS NULL OR to_id = access_agent()))
    WITH CHECK (answered_by_id = access_agent());
DROP POLICY IF EXISTS transfer_kept_in_time ON chats_transfer;
CREATE POLICY transfer_kept_in_time ON chats_transfer
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE chats_reading ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reading_seen_with_its_conversation ON chats_reading;
CREATE POLICY reading_seen_with_its_conversation ON chats_reading FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
DROP POLICY IF EXISTS reading_begun_by_who_coordinates ON chats_reading;
CREATE POLICY reading_begun_by_who_coordinates ON chats_reading FOR INSERT
    WITH CHECK (agent_id = access_agent() AND until IS NULL
                AND conversation_id IN (
                    SELECT c.id FROM chats_conversation c
                      JOIN agents_posting p ON p.organisation_id = c.organisation_id
                     WHERE c.state = 'active' AND p.agent_id = access_agent()
                       AND p.role = 'coordinator' AND p.since <= access_today()
                       AND (p.until IS NULL OR p.until >= access_today())));
DROP POLICY IF EXISTS reading_ended_by_who_reads ON chats_reading;
CREATE POLICY reading_ended_by_who_reads ON chats_reading FOR UPDATE
    USING (agent_id = access_agent());
DROP POLICY IF EXISTS reading_kept_in_time ON chats_reading;
CREATE POLICY reading_kept_in_time ON chats_reading
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE chats_phrase ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS phrase_seen_by_who_listens ON chats_phrase;
CREATE POLICY phrase_seen_by_who_listens ON chats_phrase FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS phrase_written_by_who_listens ON chats_phrase;
CREATE POLICY phrase_written_by_who_listens ON chats_phrase FOR INSERT
    WITH CHECK (written_by_id = access_agent() AND state = 'draft'
                AND organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS phrase_reviewed_by_who_coordinates ON chats_phrase;
CREATE POLICY phrase_reviewed_by_who_coordinates ON chats_phrase FOR UPDATE
    USING (organisation_id IN (SELECT chats_coordinated()));

ALTER TABLE chats_proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS proposal_seen_with_its_conversation ON chats_proposal;
CREATE POLICY proposal_seen_with_its_conversation ON chats_proposal FOR SELECT
    USING (conversation_id IN (SELECT id FROM chats_conversation));
DROP POLICY IF EXISTS proposal_made_by_who_listens ON chats_proposal;
CREATE POLICY proposal_made_by_who_listens ON chats_proposal FOR INSERT
    WITH CHECK (by_id = access_agent()
                AND conversation_id IN (SELECT id FROM chats_conversation c
                                         WHERE c.listener_id = access_agent()));
DROP POLICY IF EXISTS proposal_kept_in_time ON chats_proposal;
CREATE POLICY proposal_kept_in_time ON chats_proposal
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE chats_chathours ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS hours_seen_by_who_listens ON chats_chathours;
CREATE POLICY hours_seen_by_who_listens ON chats_chathours FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS hours_decided_by_who_coordinates ON chats_chathours;
CREATE POLICY hours_decided_by_who_coordinates ON chats_chathours FOR INSERT
    WITH CHECK (by_id = access_agent() AND organisation_id IN (SELECT chats_coordinated()));
DROP POLICY IF EXISTS hours_withdrawn_by_who_coordinates ON chats_chathours;
CREATE POLICY hours_withdrawn_by_who_coordinates ON chats_chathours FOR DELETE
    USING (organisation_id IN (SELECT chats_coordinated()));
