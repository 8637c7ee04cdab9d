-- The second wall: a case file, who holds it, who is shut out, what was shared, what was broken open.

ALTER TABLE access_casefile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS casefile_seen ON access_casefile;
CREATE POLICY casefile_seen ON access_casefile USING (
    authority_id = (SELECT access_intake())
    OR (SELECT access_purpose()) IN ('alarms', 'majority')
    OR (
        id NOT IN (SELECT access_excluded())
        AND (
            (sealed_at IS NULL AND authority_id IN (SELECT access_authorities()))
            OR id IN (SELECT access_granted())
        )
    )
);

ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS grant_seen ON access_grant;
CREATE POLICY grant_seen ON access_grant FOR SELECT
    USING (agent_id = (SELECT access_agent()) OR case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS grant_given ON access_grant;
CREATE POLICY grant_given ON access_grant FOR INSERT WITH CHECK (
    case_file_id IN (SELECT id FROM access_casefile)
    OR (capacity = 'break_glass' AND agent_id = (SELECT access_agent())
        AND access_opened(case_file_id, ends_at)));
DROP POLICY IF EXISTS grant_moved ON access_grant;
CREATE POLICY grant_moved ON access_grant FOR UPDATE
    USING (case_file_id IN (SELECT id FROM access_casefile))
    WITH CHECK (case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE access_exclusion ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS exclusion_seen ON access_exclusion;
CREATE POLICY exclusion_seen ON access_exclusion FOR SELECT
    USING (agent_id IS DISTINCT FROM (SELECT access_agent())
        AND case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS exclusion_written ON access_exclusion;
CREATE POLICY exclusion_written ON access_exclusion FOR INSERT
    WITH CHECK (case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS exclusion_lifted ON access_exclusion;
CREATE POLICY exclusion_lifted ON access_exclusion FOR DELETE
    USING (agent_id IS DISTINCT FROM (SELECT access_agent())
        AND case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE access_accessstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS step_seen ON access_accessstep;
CREATE POLICY step_seen ON access_accessstep FOR SELECT
    USING (about_id IS DISTINCT FROM (SELECT access_agent())
        AND case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS step_added ON access_accessstep;
CREATE POLICY step_added ON access_accessstep FOR INSERT
    WITH CHECK (agent_id = (SELECT access_agent())
        AND case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE access_disclosurerecord ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS disclosure_seen ON access_disclosurerecord;
CREATE POLICY disclosure_seen ON access_disclosurerecord FOR SELECT
    USING (id IN (SELECT access_shared()) OR case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS disclosure_made ON access_disclosurerecord;
CREATE POLICY disclosure_made ON access_disclosurerecord FOR INSERT
    WITH CHECK (shared_by_id = (SELECT access_agent())
        AND case_file_id IN (SELECT id FROM access_casefile));
DROP POLICY IF EXISTS disclosure_answered ON access_disclosurerecord;
CREATE POLICY disclosure_answered ON access_disclosurerecord FOR UPDATE
    USING (id IN (SELECT access_shared()) OR case_file_id IN (SELECT id FROM access_casefile))
    WITH CHECK (id IN (SELECT access_shared()) OR case_file_id IN (SELECT id FROM access_casefile));

ALTER TABLE access_breakglass ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS opening_seen ON access_breakglass;
CREATE POLICY opening_seen ON access_breakglass FOR SELECT USING (
    agent_id = (SELECT access_agent()) OR case_file_id IN (SELECT id FROM access_casefile)
    OR (authority_id IN (SELECT access_reviewed())
        AND case_file_id NOT IN (SELECT access_excluded())));
DROP POLICY IF EXISTS opening_made ON access_breakglass;
CREATE POLICY opening_made ON access_breakglass FOR INSERT WITH CHECK (
    agent_id = (SELECT access_agent()) AND reviewed_at IS NULL AND access_behind_glass(case_file_id));
DROP POLICY IF EXISTS opening_reviewed ON access_breakglass;
CREATE POLICY opening_reviewed ON access_breakglass FOR UPDATE
    USING (reviewed_at IS NULL AND agent_id IS DISTINCT FROM (SELECT access_agent())
           AND authority_id IN (SELECT access_reviewed())
           AND case_file_id NOT IN (SELECT access_excluded()))
    WITH CHECK (reviewed_by_id = (SELECT access_agent()));
