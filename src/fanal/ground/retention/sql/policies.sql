-- What was kept and erased is seen by the authority's controller, and by the work of the night.

ALTER TABLE retention_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS written_in_time ON retention_hold;
CREATE POLICY written_in_time ON retention_hold USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS seen_by_the_controller ON retention_hold;
CREATE POLICY seen_by_the_controller ON retention_hold FOR SELECT
    USING (authority_id IN (SELECT retention_authorities()));

ALTER TABLE retention_archived ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Read by the policy of the files themselves, for whoever asks: a file, a day, a rule.
DROP POLICY IF EXISTS seen_by_the_wall ON retention_archived;
CREATE POLICY seen_by_the_wall ON retention_archived FOR SELECT USING (true);
DROP POLICY IF EXISTS written_in_time ON retention_archived;
CREATE POLICY written_in_time ON retention_archived
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE retention_erasure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS written_in_time ON retention_erasure;
CREATE POLICY written_in_time ON retention_erasure USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS seen_by_the_controller ON retention_erasure;
CREATE POLICY seen_by_the_controller ON retention_erasure FOR SELECT
    USING (authority_code IN (SELECT retention_authorities()));

ALTER TABLE retention_keptcount ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS written_in_time ON retention_keptcount;
CREATE POLICY written_in_time ON retention_keptcount
    USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS seen_by_the_controller ON retention_keptcount;
CREATE POLICY seen_by_the_controller ON retention_keptcount FOR SELECT
    USING (authority_code IN (SELECT retention_authorities()));

ALTER TABLE retention_retentionrun ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS written_in_time ON retention_retentionrun;
CREATE POLICY written_in_time ON retention_retentionrun
    USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS seen_by_the_controller ON retention_retentionrun;
CREATE POLICY seen_by_the_controller ON retention_retentionrun FOR SELECT
    USING (authority_code IN (SELECT retention_authorities()));

DROP POLICY IF EXISTS casefile_kept_in_time ON access_casefile;
CREATE POLICY casefile_kept_in_time ON access_casefile
    USING ((SELECT access_purpose()) = 'retention');
-- An archived file has left every desk, whoever holds it.
DROP POLICY IF EXISTS casefile_archived_is_closed ON access_casefile;
CREATE POLICY casefile_archived_is_closed ON access_casefile AS RESTRICTIVE USING (
    (SELECT access_purpose()) = 'retention'
    OR id NOT IN (SELECT case_file_id FROM retention_archived)
);
