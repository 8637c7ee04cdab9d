"""
The directory behind its wall, and the view that is all the public pages read.

The table opens to the import alone. The view belongs to the owner and shows rows of the public
tier, without the words that nobody confirmed; it joins, so that nothing can be written through it.
"""

from django.db import migrations

WALL = """
ALTER TABLE spaces_service ENABLE ROW LEVEL SECURITY;
ALTER TABLE spaces_service FORCE ROW LEVEL SECURITY;
CREATE POLICY service_imported ON spaces_service
    USING ((SELECT access_purpose()) = 'directory');

CREATE VIEW spaces_public WITH (security_barrier) AS
SELECT s.id, s.ref, s.name, s.kind, s.status,
       CASE WHEN s.verified ? 'description' THEN s.description ELSE '' END AS description,
       s.commune_id, s.departement_id, s.postcode,
       CASE WHEN s.verified ? 'address' THEN s.address ELSE '' END AS address,
       -- Where a door stands is told with its address; until then, the middle of the commune.
       CASE WHEN s.verified ? 'address' THEN s.latitude ELSE c.latitude END AS latitude,
       CASE WHEN s.verified ? 'address' THEN s.longitude ELSE c.longitude END AS longitude,
       s.audiences, s.minimum_age, s.maximum_age,
       CASE WHEN s.verified ? 'hours' THEN s.hours ELSE '' END AS hours,
       CASE WHEN s.verified ? 'phone' OR s.state_number THEN s.phone ELSE '' END AS phone,
       CASE WHEN s.verified ? 'website' THEN s.website ELSE '' END AS website,
       s.languages, s.sign_language, s.accessible, s.free, s.anonymous,
       s.source_url, s.source_date, s.verified, s.verified_on
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE s.tier = 'public' AND s.status IN ('active', 'temporarily closed');
"""

OPEN = """
DROP VIEW spaces_public;
DROP POLICY service_imported ON spaces_service;
ALTER TABLE spaces_service NO FORCE ROW LEVEL SECURITY;
ALTER TABLE spaces_service DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0001_directory_of_places"),
        ("access", "0002_row_security"),
    ]

    operations = [migrations.RunSQL(WALL, OPEN)]
