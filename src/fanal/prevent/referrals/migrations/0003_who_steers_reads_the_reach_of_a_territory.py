"""A préfecture reads how many were received in its own département; the national level, in all."""

from django.db import migrations

STEERED = """
CREATE FUNCTION referrals_steers_all() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
      WHERE p.agent_id = access_agent() AND p.role = 'steering' AND o.kind = 'national'
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE FUNCTION referrals_steered() RETURNS SETOF text LANGUAGE sql STABLE AS
$$ SELECT o.departement_id::text
     FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
    WHERE p.agent_id = access_agent() AND p.role = 'steering' AND o.kind = 'prefecture'
      AND o.departement_id IS NOT NULL
      AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today()) $$;

CREATE POLICY reach_read_by_the_national_level ON referrals_reach FOR SELECT
    USING ((SELECT referrals_steers_all()));
CREATE POLICY reach_read_by_the_prefecture ON referrals_reach FOR SELECT
    USING (departement_id IN (SELECT referrals_steered()));
"""

UNSTEERED = """
DROP POLICY reach_read_by_the_prefecture ON referrals_reach;
DROP POLICY reach_read_by_the_national_level ON referrals_reach;
DROP FUNCTION referrals_steered();
DROP FUNCTION referrals_steers_all();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_a_place_a_code_or_who_referred"),
        ("agents", "0009_who_steers_a_departement_or_all"),
    ]

    operations = [migrations.RunSQL(STEERED, UNSTEERED)]
