-- What is published cannot change in place.

CREATE OR REPLACE FUNCTION exchange_read_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND (NEW.title, NEW.question, NEW.answer, NEW.words)
        IS DISTINCT FROM (OLD.title, OLD.question, OLD.answer, OLD.words) THEN
        RAISE EXCEPTION 'what is published is what was read';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER entry_read_as_it_is BEFORE UPDATE ON exchange_publicanswer
    FOR EACH ROW EXECUTE FUNCTION exchange_read_as_it_is();
