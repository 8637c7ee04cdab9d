-- A rule written for an authority overrides no rule of the law.

-- A duration that a text in force sets is not an authority's to change; whatever wrote the row.
CREATE OR REPLACE FUNCTION deadlines_refuse_legal_override() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An override made before the law spoke may still be brought to its end.
    IF TG_OP = 'UPDATE'
       AND (NEW.authority_id, NEW.code, NEW.amount, NEW.unit)
           = (OLD.authority_id, OLD.code, OLD.amount, OLD.unit)
       AND daterange(NEW.valid_from, NEW.valid_to) <@ daterange(OLD.valid_from, OLD.valid_to)
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM deadlines_deadlinerule r
         WHERE r.code = NEW.code AND r.tag NOT IN ('A', 'M')
           AND daterange(r.valid_from, r.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'override_of_a_legal_period: %', NEW.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER override_leaves_the_law_alone
    BEFORE INSERT OR UPDATE ON deadlines_ruleoverride
    FOR EACH ROW EXECUTE FUNCTION deadlines_refuse_legal_override();
