"""
A record is seen by who wrote it and by who coordinates at that helpline; what leaves, with it.

A listener who goes on with somebody else's conversation goes on with its record: a function of the
owner gives it to whoever holds the conversation, and to nobody else.
"""

from django.db import migrations

GUARD = """
-- Helplines at which the asking agent coordinates today.
CREATE FUNCTION contacts_coordinated() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent() AND p.role = 'coordinator'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.kind = 'helpline' $$;

ALTER TABLE contacts_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_contact FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_transmission ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_transmission FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_monthlycount ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_monthlycount FORCE ROW LEVEL SECURITY;

CREATE POLICY contact_of_who_listens ON contacts_contact USING (
    listener_id = (SELECT access_agent()) AND organisation_id IN (SELECT chats_organisations())
);
CREATE POLICY contact_of_who_coordinates ON contacts_contact USING (
    organisation_id IN (SELECT contacts_coordinated())
);
-- The answer of a CRIP is heard by a job, which tells whoever wrote.
CREATE POLICY contact_told ON contacts_contact FOR SELECT
    USING ((SELECT access_purpose()) = 'alarms');
CREATE POLICY contact_kept_in_time ON contacts_contact
    USING ((SELECT access_purpose()) = 'retention');
CREATE POLICY transmission_seen_with_its_contact ON contacts_transmission
    USING (contact_id IN (SELECT id FROM contacts_contact));
CREATE POLICY count_seen_by_who_coordinates ON contacts_monthlycount FOR SELECT
    USING (organisation_id IN (SELECT contacts_coordinated()));
CREATE POLICY count_kept_in_time ON contacts_monthlycount
    USING ((SELECT access_purpose()) = 'retention');

-- The record of the conversation that the asking agent holds now becomes theirs; its reference.
CREATE FUNCTION contacts_follow(talk uuid) RETURNS uuid LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE contacts_contact c SET listener_id = access_agent()
     WHERE c.conversation = talk AND c.state <> 'closed'
       AND EXISTS (
           SELECT 1 FROM chats_conversation t
            WHERE t.ref = talk AND t.organisation_id = c.organisation_id
              AND t.state = 'active' AND t.listener_id = access_agent())
    RETURNING c.ref
$$;
"""

UNGUARD = """
DROP FUNCTION contacts_follow(uuid);
DROP POLICY count_kept_in_time ON contacts_monthlycount;
DROP POLICY count_seen_by_who_coordinates ON contacts_monthlycount;
DROP POLICY transmission_seen_with_its_contact ON contacts_transmission;
DROP POLICY contact_kept_in_time ON contacts_contact;
DROP POLICY contact_told ON contacts_contact;
DROP POLICY contact_of_who_coordinates ON contacts_contact;
DROP POLICY contact_of_who_listens ON contacts_contact;
ALTER TABLE contacts_monthlycount NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_monthlycount DISABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_transmission NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_transmission DISABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_contact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY;
DROP FUNCTION contacts_coordinated();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0001_contacts"),
        ("chats", "0002_a_key_or_a_posting_opens_a_conversation"),
        ("access", "0004_memberships_shares_and_openings_guarded"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
