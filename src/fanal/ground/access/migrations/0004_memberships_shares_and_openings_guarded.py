"""
Who holds, who is shut out, what was shared, what was broken open: guarded like the files.

The functions that the policies of ``access_casefile`` call read memberships past the policies that
stand on them (SECURITY DEFINER, a fixed search path): those policies themselves ask which files
are seen, and would call one another without end. Each answers about whoever is asking, but for
``access_told``, which tells of given agents whether a notice about a file may reach them.
"""

from django.db import migrations

POSTED = """
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
"""

_DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"

# A closed account asks in vain, whatever the sessions that are still open.
ASKING = f"""
CREATE OR REPLACE FUNCTION access_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id {POSTED}
      AND p.role IN ('crip', 'supervisor', 'on_call') AND o.authority_id IS NOT NULL $$;

CREATE OR REPLACE FUNCTION access_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id {POSTED}
   UNION SELECT access_organisation() WHERE access_organisation() IS NOT NULL $$;

CREATE OR REPLACE FUNCTION access_courts() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.court_id {POSTED} AND p.role = 'parquet' AND o.court_id IS NOT NULL $$;

-- Authorities whose emergency openings the asking agent reviews.
CREATE FUNCTION access_reviewed() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id {POSTED}
      AND p.role IN ('controller', 'data_protection') AND o.authority_id IS NOT NULL $$;

-- Authorities whose files the asking agent may open in an emergency.
CREATE FUNCTION access_glass() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id {POSTED}
      AND p.role IN ('crip', 'referent', 'supervisor', 'on_call')
      AND o.authority_id IS NOT NULL $$;

CREATE OR REPLACE FUNCTION access_granted() RETURNS SETOF bigint {_DEFINER}
$$ SELECT g.case_file_id FROM access_grant g
     JOIN agents_agent a ON a.id = g.agent_id AND a.is_active
    WHERE g.agent_id = access_agent()
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;

CREATE OR REPLACE FUNCTION access_excluded() RETURNS SETOF bigint {_DEFINER}
$$ SELECT e.case_file_id FROM access_exclusion e WHERE e.agent_id = access_agent() $$;

-- Shares that the asking agent may read now. Read before the row that is being written.
CREATE FUNCTION access_shared() RETURNS SETOF bigint {_DEFINER}
$$ SELECT d.id FROM access_disclosurerecord d
     JOIN agents_agent a ON a.id = d.shared_with_id AND a.is_active
    WHERE d.shared_with_id = access_agent()
      AND d.withdrawn_at IS NULL AND d.returned_at IS NULL AND d.expires_at > now()
      AND d.case_file_id NOT IN (SELECT access_excluded()) $$;

-- Whether an emergency may open a file to whoever is asking: of their authority, not closed to
-- them by name, and not under a seal that yields to nothing.
CREATE FUNCTION access_behind_glass(file bigint) RETURNS boolean {_DEFINER}
$$ SELECT EXISTS (
        SELECT 1 FROM access_casefile f
         WHERE f.id = file AND f.authority_id IN (SELECT access_glass())
           AND f.id NOT IN (SELECT access_excluded())
           AND (f.sealed_at IS NULL OR f.seal_yields)) $$;

-- The file that an emergency opens, then those that are read with it.
CREATE FUNCTION access_files_behind_glass(wanted uuid)
RETURNS TABLE (id bigint, ref uuid, authority text, kept boolean) {_DEFINER}
$$ SELECT g.id, g.ref, g.authority_id, g.merged_into_id IS NULL
     FROM access_casefile f
     JOIN access_casefile g
       ON coalesce(g.merged_into_id, g.id) = coalesce(f.merged_into_id, f.id)
    WHERE f.ref = wanted AND access_behind_glass(f.id) AND access_behind_glass(g.id)
    ORDER BY g.merged_into_id IS NULL DESC, g.id $$;

-- Whether the asking agent broke the glass of this file, or of the one it is read with.
CREATE FUNCTION access_opened(file bigint, closes timestamptz) RETURNS boolean {_DEFINER}
$$ SELECT access_behind_glass(file) AND EXISTS (
        SELECT 1 FROM access_breakglass b JOIN access_casefile f ON f.id = file
         WHERE b.agent_id = access_agent() AND b.ends_at = closes
           AND b.case_file_id IN (f.id, f.merged_into_id)) $$;

-- Among these agents, those whom this file shuts out.
CREATE FUNCTION access_shut_out(file bigint, agents bigint[]) RETURNS SETOF bigint {_DEFINER}
$$ SELECT e.agent_id FROM access_exclusion e
    WHERE e.case_file_id = file AND e.agent_id = ANY (agents) $$;

-- Among these agents, those who may be told that something happened in a file.
CREATE FUNCTION access_told(file bigint, agents bigint[]) RETURNS SETOF bigint {_DEFINER}
$$ SELECT told.agent
     FROM unnest(agents) AS told(agent) JOIN access_casefile f ON f.id = file
    WHERE NOT EXISTS (
            SELECT 1 FROM access_exclusion e
             WHERE e.case_file_id = f.id AND e.agent_id = told.agent)
      AND (f.sealed_at IS NULL OR EXISTS (
            SELECT 1 FROM access_grant g
             WHERE g.case_file_id = f.id AND g.agent_id = told.agent AND g.starts_at <= now()
               AND (g.ends_at IS NULL OR g.ends_at > now()))) $$;
"""

_OLD_POSTED = POSTED.replace("\n     JOIN agents_agent a ON a.id = p.agent_id AND a.is_active", "")

FORGET = f"""
DROP FUNCTION access_told(bigint, bigint[]);
DROP FUNCTION access_shut_out(bigint, bigint[]);
DROP FUNCTION access_opened(bigint, timestamptz);
DROP FUNCTION access_files_behind_glass(uuid);
DROP FUNCTION access_behind_glass(bigint);
DROP FUNCTION access_shared();
CREATE OR REPLACE FUNCTION access_excluded() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT e.case_file_id FROM access_exclusion e WHERE e.agent_id = access_agent() $$;
CREATE OR REPLACE FUNCTION access_granted() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT g.case_file_id FROM access_grant g
    WHERE g.agent_id = access_agent()
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;
DROP FUNCTION access_glass();
DROP FUNCTION access_reviewed();
CREATE OR REPLACE FUNCTION access_courts() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.court_id {_OLD_POSTED} AND p.role = 'parquet' AND o.court_id IS NOT NULL $$;
CREATE OR REPLACE FUNCTION access_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id {_OLD_POSTED}
   UNION SELECT access_organisation() WHERE access_organisation() IS NOT NULL $$;
CREATE OR REPLACE FUNCTION access_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id {_OLD_POSTED}
      AND p.role IN ('crip', 'supervisor', 'on_call') AND o.authority_id IS NOT NULL $$;
"""

TABLES = (
    "access_grant",
    "access_exclusion",
    "access_accessstep",
    "access_disclosurerecord",
    "access_breakglass",
)
_SEEN = "case_file_id IN (SELECT id FROM access_casefile)"
_ME = "(SELECT access_agent())"

POLICIES = {
    "access_grant": {
        "grant_seen FOR SELECT": f"USING (agent_id = {_ME} OR {_SEEN})",
        "grant_given FOR INSERT": f"""WITH CHECK (
            {_SEEN}
            OR (capacity = 'break_glass' AND agent_id = {_ME}
                AND access_opened(case_file_id, ends_at)))""",
        "grant_moved FOR UPDATE": f"USING ({_SEEN}) WITH CHECK ({_SEEN})",
    },
    # Whoever is shut out never learns of it.
    "access_exclusion": {
        "exclusion_seen FOR SELECT": f"USING (agent_id IS DISTINCT FROM {_ME} AND {_SEEN})",
        "exclusion_written FOR INSERT": f"WITH CHECK ({_SEEN})",
        "exclusion_lifted FOR DELETE": f"USING (agent_id IS DISTINCT FROM {_ME} AND {_SEEN})",
    },
    "access_accessstep": {
        "step_seen FOR SELECT": f"USING (about_id IS DISTINCT FROM {_ME} AND {_SEEN})",
        "step_added FOR INSERT": f"WITH CHECK (agent_id = {_ME} AND {_SEEN})",
    },
    "access_disclosurerecord": {
        "disclosure_seen FOR SELECT": f"USING (id IN (SELECT access_shared()) OR {_SEEN})",
        "disclosure_made FOR INSERT": f"WITH CHECK (shared_by_id = {_ME} AND {_SEEN})",
        "disclosure_answered FOR UPDATE": f"""
            USING (id IN (SELECT access_shared()) OR {_SEEN})
            WITH CHECK (id IN (SELECT access_shared()) OR {_SEEN})""",
    },
    "access_breakglass": {
        "opening_seen FOR SELECT": f"""USING (
            agent_id = {_ME} OR {_SEEN}
            OR (authority_id IN (SELECT access_reviewed())
                AND case_file_id NOT IN (SELECT access_excluded())))""",
        "opening_made FOR INSERT": f"""WITH CHECK (
            agent_id = {_ME} AND reviewed_at IS NULL AND access_behind_glass(case_file_id))""",
        "opening_reviewed FOR UPDATE": f"""
            USING (reviewed_at IS NULL AND agent_id IS DISTINCT FROM {_ME}
                   AND authority_id IN (SELECT access_reviewed())
                   AND case_file_id NOT IN (SELECT access_excluded()))
            WITH CHECK (reviewed_by_id = {_ME})""",
    },
}

GUARD = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    for table in TABLES
) + "".join(
    f"CREATE POLICY {name.split()[0]} ON {table} {name.split(' ', 1)[1]} {rule};\n"
    for table, rules in POLICIES.items()
    for name, rule in rules.items()
)
UNGUARD = "".join(
    f"DROP POLICY {name.split()[0]} ON {table};"
    for table, rules in POLICIES.items()
    for name in rules
) + "".join(
    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in TABLES
)

# What left, and what was opened, is kept as it was; only answers and reviews are added. What a
# share held may be emptied, when its term of keeping has come.
KEPT = """
CREATE FUNCTION access_keep_what_was_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    living text[] := CASE TG_TABLE_NAME
        WHEN 'access_disclosurerecord'
        THEN ARRAY['received_at', 'returned_at', 'reply', 'withdrawn_at']
        ELSE ARRAY['reviewed_at', 'reviewed_by_id', 'verdict', 'review_reason'] END;
BEGIN
    IF TG_TABLE_NAME = 'access_disclosurerecord' AND to_jsonb(NEW) -> 'package' = '[]'::jsonb THEN
        living := living || ARRAY['package', 'purpose', 'exemption_reason'];
    END IF;
    IF to_jsonb(OLD) - living <> to_jsonb(NEW) - living THEN
        RAISE EXCEPTION '% is kept as it was', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_is_kept BEFORE UPDATE ON access_disclosurerecord
    FOR EACH ROW EXECUTE FUNCTION access_keep_what_was_opened();
CREATE TRIGGER opening_is_kept BEFORE UPDATE ON access_breakglass
    FOR EACH ROW EXECUTE FUNCTION access_keep_what_was_opened();
"""
NOT_KEPT = """
DROP TRIGGER opening_is_kept ON access_breakglass;
DROP TRIGGER disclosure_is_kept ON access_disclosurerecord;
DROP FUNCTION access_keep_what_was_opened();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_exclusions_seals_shares_and_openings"),
        ("agents", "0002_controller_and_data_protection_roles"),
    ]

    operations = [
        migrations.RunSQL(ASKING, FORGET),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
