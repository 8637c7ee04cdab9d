"""
Nobody has two turns at once; a turn is written by who coordinates; a presence is one's own.

What weighed on somebody is read by them and by who coordinates, and by nobody else.
"""

from django.db import migrations

GUARD = """
-- Helplines that the asking agent coordinates today.
CREATE FUNCTION shifts_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

-- Two ranges of one person never share an instant. A range of one number stands for the person, so
-- that the index needs no extension.
ALTER TABLE shifts_shift ADD CONSTRAINT shift_nobody_has_two_at_once
    EXCLUDE USING gist (int8range(agent_id, agent_id, '[]') WITH &&,
                        tstzrange(starts_at, ends_at) WITH &&);

ALTER TABLE shifts_shift ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_shift FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_rosterchange ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_rosterchange FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_presence FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_hardcontact ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_hardcontact FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_debrief ENABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_debrief FORCE ROW LEVEL SECURITY;

CREATE POLICY shift_seen_by_who_listens ON shifts_shift FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY shift_written_by_who_coordinates ON shifts_shift
    USING (organisation_id IN (SELECT shifts_coordinated()));
CREATE POLICY shift_kept_in_time ON shifts_shift
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY change_of_who_coordinates ON shifts_rosterchange
    USING (organisation_id IN (SELECT shifts_coordinated()));
CREATE POLICY change_kept_in_time ON shifts_rosterchange
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY presence_seen_by_who_listens ON shifts_presence FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY presence_begun_by_oneself ON shifts_presence FOR INSERT
    WITH CHECK (agent_id = access_agent()
                AND organisation_id IN (SELECT chats_organisations()));
CREATE POLICY presence_moved_by_oneself ON shifts_presence FOR UPDATE
    USING (agent_id = access_agent());
CREATE POLICY presence_kept_in_time ON shifts_presence
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY hard_seen_by_oneself_and_who_coordinates ON shifts_hardcontact FOR SELECT
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.agent_id = access_agent()
                               OR p.organisation_id IN (SELECT shifts_coordinated())));
CREATE POLICY hard_noted_by_oneself ON shifts_hardcontact FOR INSERT
    WITH CHECK (presence_id IN (SELECT p.id FROM shifts_presence p
                                 WHERE p.agent_id = access_agent()));
CREATE POLICY hard_kept_in_time ON shifts_hardcontact
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY debrief_seen_by_oneself_and_who_coordinates ON shifts_debrief FOR SELECT
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.agent_id = access_agent()
                               OR p.organisation_id IN (SELECT shifts_coordinated())));
CREATE POLICY debrief_asked_by_oneself ON shifts_debrief FOR INSERT
    WITH CHECK (presence_id IN (SELECT p.id FROM shifts_presence p
                                 WHERE p.agent_id = access_agent()));
CREATE POLICY debrief_given_by_who_coordinates ON shifts_debrief FOR UPDATE
    USING (presence_id IN (SELECT p.id FROM shifts_presence p
                            WHERE p.organisation_id IN (SELECT shifts_coordinated())));
CREATE POLICY debrief_kept_in_time ON shifts_debrief
    USING ((SELECT access_purpose()) = 'retention');
"""

UNGUARD = """
DROP POLICY debrief_kept_in_time ON shifts_debrief;
DROP POLICY debrief_given_by_who_coordinates ON shifts_debrief;
DROP POLICY debrief_asked_by_oneself ON shifts_debrief;
DROP POLICY debrief_seen_by_oneself_and_who_coordinates ON shifts_debrief;
DROP POLICY hard_kept_in_time ON shifts_hardcontact;
DROP POLICY hard_noted_by_oneself ON shifts_hardcontact;
DROP POLICY hard_seen_by_oneself_and_who_coordinates ON shifts_hardcontact;
DROP POLICY presence_kept_in_time ON shifts_presence;
DROP POLICY presence_moved_by_oneself ON shifts_presence;
DROP POLICY presence_begun_by_oneself ON shifts_presence;
DROP POLICY presence_seen_by_who_listens ON shifts_presence;
DROP POLICY change_kept_in_time ON shifts_rosterchange;
DROP POLICY change_of_who_coordinates ON shifts_rosterchange;
DROP POLICY shift_kept_in_time ON shifts_shift;
DROP POLICY shift_written_by_who_coordinates ON shifts_shift;
DROP POLICY shift_seen_by_who_listens ON shifts_shift;
ALTER TABLE shifts_debrief NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_debrief DISABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_hardcontact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_hardcontact DISABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_presence NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_presence DISABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_rosterchange NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_rosterchange DISABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_shift NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shifts_shift DISABLE ROW LEVEL SECURITY;
ALTER TABLE shifts_shift DROP CONSTRAINT shift_nobody_has_two_at_once;
DROP FUNCTION shifts_coordinated();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("shifts", "0001_roster_presence_and_what_weighs"),
        ("chats", "0002_a_key_or_a_posting_opens_a_conversation"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
