-- What becomes of a measure is what the table of its states allows; what was written stays.

-- The same pairs as in the words of the room; a test compares them.
CREATE OR REPLACE FUNCTION measures_keep_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status = 'requested' OR (NEW.status = 'in_force' AND NEW.follows_id IS NOT NULL)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'measure_begins_as_a_request' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.ended_on IS NOT NULL THEN
        RAISE EXCEPTION 'measure_ended_does_not_change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.case_file_id <> OLD.case_file_id OR NEW.requested_at <> OLD.requested_at THEN
        RAISE EXCEPTION 'measure_keeps_its_file' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = OLD.status OR (OLD.status, NEW.status) IN (
        ('requested', 'provisional'), ('requested', 'investigation'),
        ('requested', 'hearing_set'), ('requested', 'decided'),
        ('requested', 'not_ordered'), ('requested', 'ended_at_majority'),
        ('provisional', 'investigation'), ('provisional', 'hearing_set'),
        ('provisional', 'decided'), ('provisional', 'lifted'),
        ('provisional', 'ended_at_majority'),
        ('investigation', 'provisional'), ('investigation', 'hearing_set'),
        ('investigation', 'decided'), ('investigation', 'lifted'),
        ('investigation', 'not_ordered'), ('investigation', 'ended_at_majority'),
        ('hearing_set', 'provisional'), ('hearing_set', 'investigation'),
        ('hearing_set', 'decided'), ('hearing_set', 'lifted'),
        ('hearing_set', 'not_ordered'), ('hearing_set', 'ended_at_majority'),
        ('decided', 'in_force'), ('decided', 'lifted'), ('decided', 'ended_at_majority'),
        ('in_force', 'renewed'), ('in_force', 'modified'), ('in_force', 'lifted'),
        ('in_force', 'expired'), ('in_force', 'ended_at_majority')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'measure_follows_its_course: % to %', OLD.status, NEW.status
        USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER measure_follows_its_course BEFORE INSERT OR UPDATE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measures_keep_course();

-- The 72 hours run from one moment, and end once.
CREATE OR REPLACE FUNCTION measures_keep_shelter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'sheltered' THEN
            RAISE EXCEPTION 'shelter_begins_sheltered' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status <> 'sheltered' THEN
        RAISE EXCEPTION 'shelter_ended_does_not_change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.started_at <> OLD.started_at OR NEW.kind <> OLD.kind
       OR NEW.case_file_id <> OLD.case_file_id
    THEN
        RAISE EXCEPTION 'shelter_keeps_its_beginning' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER shelter_keeps_its_beginning BEFORE INSERT OR UPDATE ON measures_emergencyshelter
    FOR EACH ROW EXECUTE FUNCTION measures_keep_shelter();

CREATE OR REPLACE FUNCTION measures_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND access_purpose() = 'retention' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a row is kept as it was written' USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER step_is_append_only BEFORE UPDATE OR DELETE ON measures_measurestep
    FOR EACH ROW EXECUTE FUNCTION measures_refuse_rewriting();
CREATE OR REPLACE TRIGGER measure_is_kept BEFORE DELETE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measures_refuse_rewriting();
CREATE OR REPLACE TRIGGER shelter_is_kept BEFORE DELETE ON measures_emergencyshelter
    FOR EACH ROW EXECUTE FUNCTION measures_refuse_rewriting();
