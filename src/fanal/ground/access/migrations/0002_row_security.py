"""The second wall: what the database shows of a case file, and to whom."""

from django.db import migrations

# Who is asking, as the transaction said it; NULL when nobody did.
ASKING = """
CREATE FUNCTION access_agent() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.agent', true), '')::bigint $$;

CREATE FUNCTION access_organisation() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.organisation', true), '')::bigint $$;

CREATE FUNCTION access_purpose() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.purpose', true), '') $$;

CREATE FUNCTION access_intake() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fanal.intake', true), '') $$;

-- The day it is in Paris, as the application counts it; the server may well count in UTC.
CREATE FUNCTION access_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Paris')::date $$;

-- Authorities for which the asking agent holds, today, a role that spans the whole authority.
CREATE FUNCTION access_authorities() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.authority_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent()
      AND p.role IN ('crip', 'supervisor', 'on_call')
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.authority_id IS NOT NULL $$;

-- Organisations for which the asking agent, or the asking software, may send concerns.
CREATE FUNCTION access_organisations() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT p.organisation_id
     FROM agents_posting p
    WHERE p.agent_id = access_agent()
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
   UNION SELECT access_organisation() WHERE access_organisation() IS NOT NULL $$;

-- Courts whose parquet the asking agent serves.
CREATE FUNCTION access_courts() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.court_id
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'parquet'
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())
      AND o.court_id IS NOT NULL $$;

-- Files that the asking agent holds by name.
CREATE FUNCTION access_granted() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT g.case_file_id FROM access_grant g
    WHERE g.agent_id = access_agent()
      AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;

CREATE FUNCTION access_excluded() RETURNS SETOF bigint LANGUAGE sql STABLE AS
$$ SELECT e.case_file_id FROM access_exclusion e WHERE e.agent_id = access_agent() $$;
"""

FORGET = """
DROP FUNCTION access_excluded(); DROP FUNCTION access_granted(); DROP FUNCTION access_courts();
DROP FUNCTION access_organisations(); DROP FUNCTION access_authorities();
DROP FUNCTION access_today(); DROP FUNCTION access_intake(); DROP FUNCTION access_purpose();
DROP FUNCTION access_organisation(); DROP FUNCTION access_agent();
"""

# access_grant and access_exclusion stay plain tables: the policies themselves read them, for
# whoever asks, and they hold no word of a minor.
POLICY = """
ALTER TABLE access_casefile ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_casefile FORCE ROW LEVEL SECURITY;
CREATE POLICY casefile_seen ON access_casefile USING (
    authority_id = (SELECT access_intake())
    OR (SELECT access_purpose()) IN ('alarms', 'majority')
    OR (
        id NOT IN (SELECT access_excluded())
        AND (
            (sealed_at IS NULL AND authority_id IN (SELECT access_authorities()))
            OR id IN (SELECT access_granted())
        )
    )
);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_case_files"), ("agents", "0001_organisations_and_agents")]

    operations = [
        migrations.RunSQL(ASKING, FORGET),
        migrations.RunSQL(
            POLICY,
            "DROP POLICY casefile_seen ON access_casefile;"
            "ALTER TABLE access_casefile NO FORCE ROW LEVEL SECURITY;"
            "ALTER TABLE access_casefile DISABLE ROW LEVEL SECURITY;",
        ),
    ]
