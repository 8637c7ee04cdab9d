"""
A line tells of calls by functions of the owner; who listens sees those of their helpline.

A call is written by nobody else: it rings, and it is answered.
"""

from django.db import migrations

GUARD = """
ALTER TABLE calls_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_call FORCE ROW LEVEL SECURITY;
ALTER TABLE calls_openline ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_openline FORCE ROW LEVEL SECURITY;
ALTER TABLE calls_callback ENABLE ROW LEVEL SECURITY;
ALTER TABLE calls_callback FORCE ROW LEVEL SECURITY;

CREATE POLICY call_seen_by_who_listens ON calls_call FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY call_answered_by_who_listens ON calls_call FOR UPDATE
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY call_kept_in_time ON calls_call
    USING ((SELECT access_purpose()) = 'retention');

CREATE POLICY line_seen_by_who_listens ON calls_openline FOR SELECT
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY line_of_oneself ON calls_openline FOR INSERT
    WITH CHECK (agent_id = access_agent()
                AND organisation_id IN (SELECT chats_organisations()));
CREATE POLICY line_moved_by_oneself ON calls_openline FOR UPDATE
    USING (agent_id = access_agent());

CREATE POLICY call_back_of_who_listens ON calls_callback
    USING (organisation_id IN (SELECT chats_organisations()));
CREATE POLICY call_back_kept_in_time ON calls_callback
    USING ((SELECT access_purpose()) = 'retention');

-- Whether it rang: told again of the same call, it had.
CREATE FUNCTION calls_rang(
    helpline bigint, its_ref uuid, its_caller bytea, is_dissuaded boolean, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made integer;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM agents_organisation o WHERE o.id = helpline AND o.kind = 'helpline')
       OR length(its_caller) <> 32 THEN
        RETURN false;
    END IF;
    INSERT INTO calls_call (ref, organisation_id, caller, arrived_at, ended_at, dissuaded, treated)
    VALUES (its_ref, helpline, its_caller, moment,
            CASE WHEN is_dissuaded THEN moment END, is_dissuaded, false)
    ON CONFLICT (ref) DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    PERFORM pg_notify('chats_queue', helpline::text);
    RETURN made > 0;
END $$;

-- Whether they were there until then.
CREATE FUNCTION calls_gone(its_ref uuid, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    helpline bigint;
BEGIN
    UPDATE calls_call c SET ended_at = greatest(moment, c.answered_at, c.arrived_at)
     WHERE c.ref = its_ref AND c.ended_at IS NULL
    RETURNING c.organisation_id INTO helpline;
    IF helpline IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('chats_queue', helpline::text);
    RETURN true;
END $$;
"""

UNGUARD = """
DROP FUNCTION calls_gone(uuid, timestamptz);
DROP FUNCTION calls_rang(bigint, uuid, bytea, boolean, timestamptz);
DROP POLICY call_back_kept_in_time ON calls_callback;
DROP POLICY call_back_of_who_listens ON calls_callback;
DROP POLICY line_moved_by_oneself ON calls_openline;
DROP POLICY line_of_oneself ON calls_openline;
DROP POLICY line_seen_by_who_listens ON calls_openline;
DROP POLICY call_kept_in_time ON calls_call;
DROP POLICY call_answered_by_who_listens ON calls_call;
DROP POLICY call_seen_by_who_listens ON calls_call;
ALTER TABLE calls_callback NO FORCE ROW LEVEL SECURITY;
ALTER TABLE calls_callback DISABLE ROW LEVEL SECURITY;
ALTER TABLE calls_openline NO FORCE ROW LEVEL SECURITY;
ALTER TABLE calls_openline DISABLE ROW LEVEL SECURITY;
ALTER TABLE calls_call NO FORCE ROW LEVEL SECURITY;
ALTER TABLE calls_call DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0001_calls_lines_and_calls_to_give_back"),
        ("chats", "0002_a_key_or_a_posting_opens_a_conversation"),
    ]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
