-- A record is seen by who wrote it and by who coordinates at that helpline; what leaves, with it.

ALTER TABLE contacts_contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS contact_of_who_listens ON contacts_contact;
CREATE POLICY contact_of_who_listens ON contacts_contact USING (
    listener_id = (SELECT access_agent()) AND organisation_id IN (SELECT chats_organisations())
);
DROP POLICY IF EXISTS contact_of_who_coordinates ON contacts_contact;
CREATE POLICY contact_of_who_coordinates ON contacts_contact USING (
    organisation_id IN (SELECT contacts_coordinated())
);
-- The answer of a CRIP is heard by a job, which tells whoever wrote.
DROP POLICY IF EXISTS contact_told ON contacts_contact;
CREATE POLICY contact_told ON contacts_contact FOR SELECT
    USING ((SELECT access_purpose()) = 'alarms');
DROP POLICY IF EXISTS contact_kept_in_time ON contacts_contact;
CREATE POLICY contact_kept_in_time ON contacts_contact
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE contacts_transmission ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS transmission_seen_with_its_contact ON contacts_transmission;
CREATE POLICY transmission_seen_with_its_contact ON contacts_transmission
    USING (contact_id IN (SELECT id FROM contacts_contact));

ALTER TABLE contacts_monthlycount ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS count_seen_by_who_coordinates ON contacts_monthlycount;
CREATE POLICY count_seen_by_who_coordinates ON contacts_monthlycount FOR SELECT
    USING (organisation_id IN (SELECT contacts_coordinated()));
DROP POLICY IF EXISTS count_kept_in_time ON contacts_monthlycount;
CREATE POLICY count_kept_in_time ON contacts_monthlycount
    USING ((SELECT access_purpose()) = 'retention');
