-- The contact point of a département reads its alerts.

ALTER TABLE watch_lodgingalert ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS alert_seen_by_its_departement ON watch_lodgingalert;
CREATE POLICY alert_seen_by_its_departement ON watch_lodgingalert FOR SELECT
    USING (departement_id IN (SELECT watch_departements()));
DROP POLICY IF EXISTS alert_moved_by_its_departement ON watch_lodgingalert;
CREATE POLICY alert_moved_by_its_departement ON watch_lodgingalert FOR UPDATE
    USING (departement_id IN (SELECT watch_departements()))
    WITH CHECK (departement_id IN (SELECT watch_departements()));
DROP POLICY IF EXISTS alert_kept_in_time ON watch_lodgingalert;
CREATE POLICY alert_kept_in_time ON watch_lodgingalert
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertword ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS alert_word_seen_with_its_alert ON watch_alertword;
CREATE POLICY alert_word_seen_with_its_alert ON watch_alertword FOR SELECT
    USING (alert_id IN (SELECT id FROM watch_lodgingalert));
DROP POLICY IF EXISTS alert_word_asked_by_the_desk ON watch_alertword;
CREATE POLICY alert_word_asked_by_the_desk ON watch_alertword FOR INSERT
    WITH CHECK (side = 'desk' AND alert_id IN (SELECT id FROM watch_lodgingalert));
DROP POLICY IF EXISTS alert_word_kept_in_time ON watch_alertword;
CREATE POLICY alert_word_kept_in_time ON watch_alertword
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS alert_step_seen_with_its_alert ON watch_alertstep;
CREATE POLICY alert_step_seen_with_its_alert ON watch_alertstep FOR SELECT
    USING (alert_id IN (SELECT id FROM watch_lodgingalert));
DROP POLICY IF EXISTS alert_step_of_who_makes_it ON watch_alertstep;
CREATE POLICY alert_step_of_who_makes_it ON watch_alertstep FOR INSERT
    WITH CHECK (by_id = access_agent() AND alert_id IN (SELECT id FROM watch_lodgingalert));
DROP POLICY IF EXISTS alert_step_kept_in_time ON watch_alertstep;
CREATE POLICY alert_step_kept_in_time ON watch_alertstep
    USING ((SELECT access_purpose()) = 'retention');

ALTER TABLE watch_alertcount ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS alert_count_seen_by_its_departement ON watch_alertcount;
CREATE POLICY alert_count_seen_by_its_departement ON watch_alertcount FOR SELECT
    USING (departement_id IN (SELECT watch_departements()));
DROP POLICY IF EXISTS alert_count_kept_in_time ON watch_alertcount;
CREATE POLICY alert_count_kept_in_time ON watch_alertcount
    USING ((SELECT access_purpose()) = 'retention');
