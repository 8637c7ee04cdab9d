-- What was seen and where is never changed, and no step nor word either.

-- What was told stays as it was told; sealed columns alone are written again, under a new key.
CREATE OR REPLACE FUNCTION watch_told_as_it_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.receipt, NEW.source, NEW.organisation_id, NEW.external_ref, NEW.received_at,
        NEW.departement_id, NEW.commune_id, NEW.lodging, NEW.address, NEW.listing, NEW.moment,
        NEW.minor, NEW.there_now, NEW.signs, NEW.writer)
       IS DISTINCT FROM
       (OLD.receipt, OLD.source, OLD.organisation_id, OLD.external_ref, OLD.received_at,
        OLD.departement_id, OLD.commune_id, OLD.lodging, OLD.address, OLD.listing, OLD.moment,
        OLD.minor, OLD.there_now, OLD.signs, OLD.writer) THEN
        RAISE EXCEPTION 'what was told of a lodging is not changed';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER alert_told_as_it_was BEFORE UPDATE ON watch_lodgingalert
    FOR EACH ROW EXECUTE FUNCTION watch_told_as_it_was();
