-- A place sees whom it expects; whoever referred somebody learns what became of it and nothing else;
-- a préfecture reads how many were received in its own département, the national level in all.

ALTER TABLE referrals_participation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS participation_seen_by_the_place ON referrals_participation;
CREATE POLICY participation_seen_by_the_place ON referrals_participation FOR SELECT
    USING (organisation_id IN (SELECT referrals_organisations()));
DROP POLICY IF EXISTS participation_changed_by_the_place ON referrals_participation;
CREATE POLICY participation_changed_by_the_place ON referrals_participation FOR UPDATE
    USING (organisation_id IN (SELECT referrals_organisations()));
DROP POLICY IF EXISTS participation_kept_with_the_directory ON referrals_participation;
CREATE POLICY participation_kept_with_the_directory ON referrals_participation
    USING ((SELECT spaces_keeps()));
DROP POLICY IF EXISTS participation_reminded ON referrals_participation;
CREATE POLICY participation_reminded ON referrals_participation FOR SELECT
    USING ((SELECT access_purpose()) IN ('referrals', 'retention'));

ALTER TABLE referrals_opening ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS opening_of_the_place ON referrals_opening;
CREATE POLICY opening_of_the_place ON referrals_opening
    USING (participation_id IN (SELECT referrals_places()));

ALTER TABLE referrals_closedday ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS closed_day_of_the_place ON referrals_closedday;
CREATE POLICY closed_day_of_the_place ON referrals_closedday
    USING (participation_id IN (SELECT referrals_places()));

ALTER TABLE referrals_booking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS booking_seen_by_the_place ON referrals_booking;
CREATE POLICY booking_seen_by_the_place ON referrals_booking FOR SELECT
    USING (participation_id IN (SELECT referrals_places()));
DROP POLICY IF EXISTS booking_settled_by_the_place ON referrals_booking;
CREATE POLICY booking_settled_by_the_place ON referrals_booking FOR UPDATE
    USING (participation_id IN (SELECT referrals_places()));
DROP POLICY IF EXISTS booking_forgotten_in_time ON referrals_booking;
CREATE POLICY booking_forgotten_in_time ON referrals_booking
    USING ((SELECT access_purpose()) = 'retention');
DROP POLICY IF EXISTS booking_reminded_seen ON referrals_booking;
CREATE POLICY booking_reminded_seen ON referrals_booking FOR SELECT
    USING ((SELECT access_purpose()) = 'referrals');
DROP POLICY IF EXISTS booking_reminded ON referrals_booking;
CREATE POLICY booking_reminded ON referrals_booking FOR UPDATE
    USING ((SELECT access_purpose()) = 'referrals');

ALTER TABLE referrals_reach ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reach_read_by_those_who_steer ON referrals_reach;
CREATE POLICY reach_read_by_those_who_steer ON referrals_reach FOR SELECT
    USING ((SELECT referrals_reads_reach()));
DROP POLICY IF EXISTS reach_read_by_the_place ON referrals_reach;
CREATE POLICY reach_read_by_the_place ON referrals_reach FOR SELECT
    USING (participation_id IN (SELECT referrals_places()));
DROP POLICY IF EXISTS reach_read_by_the_national_level ON referrals_reach;
CREATE POLICY reach_read_by_the_national_level ON referrals_reach FOR SELECT
    USING ((SELECT referrals_steers_all()));
DROP POLICY IF EXISTS reach_read_by_the_prefecture ON referrals_reach;
CREATE POLICY reach_read_by_the_prefecture ON referrals_reach FOR SELECT
    USING (departement_id IN (SELECT referrals_steered()));
