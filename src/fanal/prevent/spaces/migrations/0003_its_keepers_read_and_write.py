"""Whoever keeps the directory today, in an association, reads all of it and changes it."""

from django.db import migrations

OPEN = """
CREATE FUNCTION spaces_keeps() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p JOIN agents_organisation o ON o.id = p.organisation_id
      WHERE p.agent_id = access_agent() AND p.role = 'directory' AND o.kind = 'association'
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE POLICY service_read_by_its_keepers ON spaces_service FOR SELECT
    USING ((SELECT spaces_keeps()));
CREATE POLICY service_changed_by_its_keepers ON spaces_service FOR UPDATE
    USING ((SELECT spaces_keeps()));
"""

SHUT = """
DROP POLICY service_changed_by_its_keepers ON spaces_service;
DROP POLICY service_read_by_its_keepers ON spaces_service;
DROP FUNCTION spaces_keeps();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0002_what_everybody_may_read"),
        ("agents", "0006_keepers_of_the_directory"),
    ]

    operations = [migrations.RunSQL(OPEN, SHUT)]
