-- Counts are written by this trigger alone.

-- Nobody counts by hand: whoever is said to be seen is counted, and taken off when it is undone.
CREATE OR REPLACE FUNCTION referrals_count() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    more integer := (NEW.state = 'seen')::integer - (OLD.state = 'seen')::integer;
BEGIN
    IF more > 0 THEN
        INSERT INTO referrals_reach (participation_id, departement_id, month, audience, seen)
        SELECT p.id, s.departement_id, date_trunc('month', NEW.day)::date, NEW.audience, 1
          FROM referrals_participation p JOIN spaces_service s ON s.id = p.service_id
         WHERE p.id = NEW.participation_id
        ON CONFLICT (participation_id, departement_id, month, audience)
        DO UPDATE SET seen = referrals_reach.seen + 1;
    ELSIF more < 0 THEN
        UPDATE referrals_reach r SET seen = r.seen - 1
         WHERE r.participation_id = NEW.participation_id AND r.audience = NEW.audience
           AND r.month = date_trunc('month', NEW.day)::date AND r.seen > 0;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER booking_counted AFTER UPDATE OF state ON referrals_booking
    FOR EACH ROW EXECUTE FUNCTION referrals_count();
