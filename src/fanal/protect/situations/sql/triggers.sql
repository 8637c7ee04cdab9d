-- A situation never has nobody who answers for it, a minor is followed once, and what was written stays.

CREATE OR REPLACE FUNCTION situations_refuse_without_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'closed'
       OR (TG_OP = 'UPDATE' AND OLD.status <> 'closed'
           AND NEW.referent_id = OLD.referent_id AND NEW.authority_id = OLD.authority_id)
    THEN
        RETURN NULL;
    END IF;
    -- Somebody who is leaving at this very moment is waited for.
    PERFORM 1 FROM agents_agent a WHERE a.id = NEW.referent_id FOR SHARE;
    PERFORM 1 FROM agents_posting p WHERE p.agent_id = NEW.referent_id FOR SHARE;
    IF NOT situations_may_answer(NEW.referent_id, NEW.authority_id) THEN
        RAISE EXCEPTION 'situation_without_an_accountable_owner: %', NEW.ref
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS situation_has_an_accountable_owner ON situations_situation;
CREATE CONSTRAINT TRIGGER situation_has_an_accountable_owner
    AFTER INSERT OR UPDATE ON situations_situation
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_without_owner();

-- Nobody leaves while situations are theirs.
CREATE OR REPLACE FUNCTION situations_refuse_departure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here text;
    left_behind bigint;
BEGIN
    SELECT o.authority_id INTO here FROM agents_organisation o WHERE o.id = OLD.organisation_id;
    left_behind := situations_held_by(OLD.agent_id, here);
    IF left_behind > 0 AND NOT situations_may_answer(OLD.agent_id, here) THEN
        RAISE EXCEPTION 'departure_leaves_situations: %', left_behind
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS posting_ends_once_situations_are_handed_over ON agents_posting;
CREATE CONSTRAINT TRIGGER posting_ends_once_situations_are_handed_over
    AFTER UPDATE OR DELETE ON agents_posting
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_departure();

CREATE OR REPLACE FUNCTION situations_refuse_deactivation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_behind bigint;
BEGIN
    SELECT coalesce(sum(situations_held_by(NEW.id, t.code)), 0) INTO left_behind
      FROM territory_childwelfareauthority t;
    IF left_behind > 0 THEN
        RAISE EXCEPTION 'departure_leaves_situations: %', left_behind
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS agent_leaves_once_situations_are_handed_over ON agents_agent;
CREATE CONSTRAINT TRIGGER agent_leaves_once_situations_are_handed_over
    AFTER UPDATE OF is_active ON agents_agent
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION situations_refuse_deactivation();

CREATE OR REPLACE FUNCTION situations_refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF situations_living_of_minor(
        CASE WHEN TG_TABLE_NAME = 'access_casefile'
             THEN (to_jsonb(NEW) ->> 'id')::bigint
             ELSE (to_jsonb(NEW) ->> 'case_file_id')::bigint END) > 1
    THEN
        RAISE EXCEPTION 'minor_followed_twice' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS minor_is_followed_once ON situations_situation;
CREATE CONSTRAINT TRIGGER minor_is_followed_once
    AFTER INSERT OR UPDATE OF status, case_file_id ON situations_situation
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_second();
DROP TRIGGER IF EXISTS merge_leaves_one_situation ON access_casefile;
CREATE CONSTRAINT TRIGGER merge_leaves_one_situation
    AFTER UPDATE OF merged_into_id ON access_casefile
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_second();

CREATE OR REPLACE FUNCTION situations_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND access_purpose() = 'retention' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'situations_entry is append-only' USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON situations_entry
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_rewriting();
CREATE OR REPLACE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON situations_entry
    FOR EACH STATEMENT EXECUTE FUNCTION situations_refuse_rewriting();
