"""Who sees a situation: the file's people. Who answers for it: never nobody."""

from django.db import migrations

TABLES = ("situations_situation", "situations_entry", "situations_handedover")

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_with_the_file ON {table}
    USING (case_file_id IN (SELECT id FROM access_casefile));
"""
    for table in TABLES
)
BACKWARD = "".join(
    f"""
DROP POLICY seen_with_the_file ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)

# The gesture names colleagues and no minor; its lines are seen with their files.
HAND_OVERS = """
ALTER TABLE situations_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE situations_handover FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_by_both_and_their_authority ON situations_handover USING (
    (SELECT access_agent()) IN (giver_id, taker_id)
    OR authority_id IN (SELECT access_authorities())
);
"""
# The stored receipt is one paper for all its files: whoever one of them excludes reads none of it.
RECEIPTS = """
CREATE FUNCTION situations_receipt_shuts_out(gesture bigint, agent bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM situations_handedover l
          JOIN access_exclusion e ON e.case_file_id = l.case_file_id
         WHERE l.hand_over_id = gesture AND e.agent_id = agent)
$$;
"""
NO_RECEIPTS = "DROP FUNCTION situations_receipt_shuts_out(bigint, bigint);"

NO_HAND_OVERS = """
DROP POLICY seen_by_both_and_their_authority ON situations_handover;
ALTER TABLE situations_handover NO FORCE ROW LEVEL SECURITY;
ALTER TABLE situations_handover DISABLE ROW LEVEL SECURITY;
"""

# An active agent who holds, that day in the authority's own time zone, one of the two roles.
OWNER = """
CREATE FUNCTION situations_may_answer(agent bigint, authority text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1
          FROM agents_posting p
          JOIN agents_organisation o ON o.id = p.organisation_id
          JOIN agents_agent a ON a.id = p.agent_id
          JOIN territory_childwelfareauthority t ON t.code = o.authority_id
         WHERE p.agent_id = agent AND a.is_active AND o.authority_id = authority
           AND p.role IN ('referent', 'supervisor')
           AND p.since <= (now() AT TIME ZONE t.timezone)::date
           AND (p.until IS NULL OR p.until >= (now() AT TIME ZONE t.timezone)::date)
    )
$$;

CREATE FUNCTION situations_refuse_without_owner() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER situation_has_an_accountable_owner
    AFTER INSERT OR UPDATE ON situations_situation
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_without_owner();

-- How many living situations somebody answers for in an authority; sealed files count, whoever
-- is asking, and nothing but the number comes out.
CREATE FUNCTION situations_held_by(agent bigint, authority text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM situations_situation s
     WHERE s.referent_id = agent AND s.authority_id = authority AND s.status <> 'closed'
$$;

-- Nobody leaves while situations are theirs.
CREATE FUNCTION situations_refuse_departure() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION situations_refuse_deactivation() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER posting_ends_once_situations_are_handed_over
    AFTER UPDATE OR DELETE ON agents_posting
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_departure();
CREATE CONSTRAINT TRIGGER agent_leaves_once_situations_are_handed_over
    AFTER UPDATE OF is_active ON agents_agent
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION situations_refuse_deactivation();
"""
NO_OWNER = """
DROP TRIGGER agent_leaves_once_situations_are_handed_over ON agents_agent;
DROP TRIGGER posting_ends_once_situations_are_handed_over ON agents_posting;
DROP FUNCTION situations_refuse_deactivation();
DROP FUNCTION situations_refuse_departure();
DROP FUNCTION situations_held_by(bigint, text);
DROP TRIGGER situation_has_an_accountable_owner ON situations_situation;
DROP FUNCTION situations_refuse_without_owner();
DROP FUNCTION situations_may_answer(bigint, text);
"""

# Files merged with one another are one minor's, and a minor is followed once in an authority.
ONCE = """
CREATE FUNCTION situations_living_of_minor(file bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)
      FROM situations_situation s JOIN access_casefile f ON f.id = s.case_file_id
     WHERE s.status <> 'closed'
       AND coalesce(f.merged_into_id, f.id) = (
            SELECT coalesce(g.merged_into_id, g.id) FROM access_casefile g WHERE g.id = file)
$$;

CREATE FUNCTION situations_refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER minor_is_followed_once
    AFTER INSERT OR UPDATE OF status, case_file_id ON situations_situation
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_second();
CREATE CONSTRAINT TRIGGER merge_leaves_one_situation
    AFTER UPDATE OF merged_into_id ON access_casefile
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_second();
"""
NOT_ONCE = """
DROP TRIGGER merge_leaves_one_situation ON access_casefile;
DROP TRIGGER minor_is_followed_once ON situations_situation;
DROP FUNCTION situations_refuse_second();
DROP FUNCTION situations_living_of_minor(bigint);
"""

# A child's story is not rewritten: a correction is a new line, of the same file.
APPEND_ONLY = """
CREATE FUNCTION situations_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'situations_entry is append-only' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON situations_entry
    FOR EACH ROW EXECUTE FUNCTION situations_refuse_rewriting();
CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON situations_entry
    FOR EACH STATEMENT EXECUTE FUNCTION situations_refuse_rewriting();
"""
NO_APPEND_ONLY = """
DROP TRIGGER entry_is_not_emptied ON situations_entry;
DROP TRIGGER entry_is_append_only ON situations_entry;
DROP FUNCTION situations_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0001_situations"), ("access", "0002_row_security")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(HAND_OVERS, NO_HAND_OVERS),
        migrations.RunSQL(RECEIPTS, NO_RECEIPTS),
        migrations.RunSQL(OWNER, NO_OWNER),
        migrations.RunSQL(ONCE, NOT_ONCE),
        migrations.RunSQL(APPEND_ONLY, NO_APPEND_ONLY),
    ]
