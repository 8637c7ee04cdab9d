-- Where a place may be said to stand is kept with it: at its own door once a person confirmed the
-- address, in the middle of its commune until then.

CREATE OR REPLACE FUNCTION spaces_place_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verified ? 'address' THEN
        NEW.shown_latitude := NEW.latitude;
        NEW.shown_longitude := NEW.longitude;
    ELSE
        SELECT c.latitude, c.longitude INTO NEW.shown_latitude, NEW.shown_longitude
          FROM territory_commune c WHERE c.code = NEW.commune_id;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER service_is_placed BEFORE INSERT OR UPDATE ON spaces_service
    FOR EACH ROW EXECUTE FUNCTION spaces_place_service();

CREATE OR REPLACE FUNCTION spaces_follow_commune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE spaces_service SET commune_id = commune_id WHERE commune_id = NEW.code;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER services_follow_commune AFTER UPDATE OF latitude, longitude ON territory_commune
    FOR EACH ROW WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION spaces_follow_commune();
