-- A turn is written by who coordinates; a presence is one's own; what weighed on somebody is read by
-- them and by who coordinates, and by nobody else.

ALTER TABLE shifts_shift ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS shift_seen_by_who_listens ON shifts_shift;
CREATE POLICY shift_seen_by_who_listens ON shifts_shift FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS shift_written_by_who_coordinates ON shifts_shift;
CREATE POLICY shift_written_by_who_coordinates ON shifts_shift
    USING (organisation_id IN (SELECT shifts_coordinated()));
DROP POLICY IF EXISTS shift_kept_in_time ON shifts_shift;
CREATE POLICY shift_kept_in_time ON shifts_shift
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE shifts_rosterchange ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS change_of_who_coordinates ON shifts_rosterchange;
CREATE POLICY change_of_who_coordinates ON shifts_rosterchange
    USING (organisation_id IN (SELECT shifts_coordinated()));
DROP POLICY IF EXISTS change_kept_in_time ON shifts_rosterchange;
CREATE POLICY change_kept_in_time ON shifts_rosterchange
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE shifts_presence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS presence_seen_by_who_listens ON shifts_presence;
CREATE POLICY presence_seen_by_who_listens ON shifts_presence FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS presence_begun_by_oneself ON shifts_presence;
CREATE POLICY presence_begun_by_oneself ON shifts_presence FOR INSERT
    WITH CHECK (agent_id = access_agent()
                AND organisation_id IN (SELECT chats_organisations()));
DROP POLICY IF EXISTS presence_moved_by_oneself ON shifts_presence;
CREATE POLICY presence_moved_by_oneself ON shifts_presence FOR UPDATE
    USING (agent_id = access_agent());
DROP POLICY IF EXISTS presence_kept_in_time ON shifts_presence;
CREATE POLICY presence_kept_in_time ON shifts_presence
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE shifts_hardcontact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS hard_seen_by_oneself_and_who_coordinates ON shifts_hardcontact;
CREATE POLICY hard_seen_by_oneself_and_who_coordinates ON shifts_hardcontact FOR SELECT
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.agent_id = access_agent()
                               OR p.organisation_id IN (SELECT shifts_coordinated())));
DROP POLICY IF EXISTS hard_noted_by_oneself ON shifts_hardcontact;
CREATE POLICY hard_noted_by_oneself ON shifts_hardcontact FOR INSERT
    WITH CHECK (presence_id IN (SELECT p.id FROM shifts_presence p
                                 WHERE p.agent_id = access_agent()));
DROP POLICY IF EXISTS hard_kept_in_time ON shifts_hardcontact;
CREATE POLICY hard_kept_in_time ON shifts_hardcontact
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE shifts_debrief ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS debrief_seen_by_oneself_and_who_coordinates ON shifts_debrief;
CREATE POLICY debrief_seen_by_oneself_and_who_coordinates ON shifts_debrief FOR SELECT
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.agent_id = access_agent()
                               OR p.organisation_id IN (SELECT shifts_coordinated())));
DROP POLICY IF EXISTS debrief_asked_by_oneself ON shifts_debrief;
CREATE POLICY debrief_asked_by_oneself ON shifts_debrief FOR INSERT
    WITH CHECK (presence_id IN (SELECT p.id FROM shifts_presence p
                                 WHERE p.agent_id = access_agent()));
DROP POLICY IF EXISTS debrief_given_by_who_coordinates ON shifts_debrief;
CREATE POLICY debrief_given_by_who_coordinates ON shifts_debrief FOR UPDATE
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.organisation_id IN (SELECT shifts_coordinated())));
DROP POLICY IF EXISTS debrief_kept_in_time ON shifts_debrief;
CREATE POLICY debrief_kept_in_time ON shifts_debrief
    USING ((SELECT access_purpose()) = 'retention');
