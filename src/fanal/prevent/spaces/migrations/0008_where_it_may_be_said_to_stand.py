"""
Where a place may be said to stand is kept with it: what is near is then found by an index.

At its own door once a person confirmed the address, in the middle of its commune until then. The
database writes it, whoever writes the place, and again when the middle of a commune is corrected.
The views join as before, so that nothing can be written through them; it costs nothing now.
"""

from django.db import migrations, models

VIEW = """
CREATE OR REPLACE VIEW {name} WITH (security_barrier) AS
SELECT s.id, s.ref, s.name, s.kind, s.status,
       CASE WHEN s.verified ? 'description' THEN s.description ELSE '' END AS description,
       s.commune_id, s.departement_id, s.postcode,
       CASE WHEN s.verified ? 'address' THEN s.address ELSE '' END AS address,
       {latitude} AS latitude,
       {longitude} AS longitude,
       s.audiences, s.minimum_age, s.maximum_age,
       CASE WHEN s.verified ? 'hours' THEN s.hours ELSE '' END AS hours,
       CASE WHEN s.verified ? 'phone' OR s.state_number THEN s.phone ELSE '' END AS phone,
       CASE WHEN s.verified ? 'website' THEN s.website ELSE '' END AS website,
       s.languages, s.sign_language, s.accessible, s.free, s.anonymous,
       s.source_url, s.source_date, s.verified, s.verified_on{more}
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE {shown} AND s.status IN ('active', 'temporarily closed');
"""
SHOWN = {
    "spaces_public": ("", "s.tier = 'public'"),
    "spaces_professional": (
        ", s.tier",
        "(SELECT spaces_is_professional()) AND s.tier IN ('public', 'professional')",
    ),
}
CHOSEN = "CASE WHEN s.verified ? 'address' THEN s.{0} ELSE c.{0} END"


def views(latitude: str, longitude: str) -> str:
    return "".join(
        VIEW.format(name=name, more=more, shown=shown, latitude=latitude, longitude=longitude)
        for name, (more, shown) in SHOWN.items()
    )


# As the crow flies, in kilometres, between two points in degrees (haversine). Rounding may pass
# 1 on the other side of the Earth.
DISTANCE = """
CREATE FUNCTION spaces_kilometres(
    lat float8, lon float8, other_lat float8, other_lon float8
) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 12742.0 * asin(sqrt(least(1.0,
        power(sin(radians(other_lat - lat) / 2), 2)
        + cos(radians(lat)) * cos(radians(other_lat)) * power(sin(radians(other_lon - lon) / 2), 2)
    )))
$$;
"""

TRIGGERS = """
CREATE FUNCTION spaces_place_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verified ? 'address' THEN
        NEW.shown_latitude := NEW.latitude;
        NEW.shown_longitude := NEW.longitude;
    ELSE
        SELECT c.latitude, c.longitude INTO NEW.shown_latitude, NEW.shown_longitude
          FROM territory_commune c WHERE c.code = NEW.commune_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER service_is_placed BEFORE INSERT OR UPDATE ON spaces_service
    FOR EACH ROW EXECUTE FUNCTION spaces_place_service();

CREATE FUNCTION spaces_follow_commune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE spaces_service SET commune_id = commune_id WHERE commune_id = NEW.code;
    RETURN NULL;
END $$;
CREATE TRIGGER services_follow_commune AFTER UPDATE OF latitude, longitude ON territory_commune
    FOR EACH ROW WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION spaces_follow_commune();

UPDATE spaces_service SET commune_id = commune_id;
"""

NO_TRIGGERS = """
DROP TRIGGER services_follow_commune ON territory_commune;
DROP FUNCTION spaces_follow_commune();
DROP TRIGGER service_is_placed ON spaces_service;
DROP FUNCTION spaces_place_service();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0007_what_is_settled_goes_in_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="shown_latitude",
            field=models.FloatField("latitude montrée", editable=False, null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="shown_longitude",
            field=models.FloatField("longitude montrée", editable=False, null=True),
        ),
        migrations.RunSQL(
            DISTANCE, "DROP FUNCTION spaces_kilometres(float8, float8, float8, float8);"
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(
            views("s.shown_latitude", "s.shown_longitude"),
            views(CHOSEN.format("latitude"), CHOSEN.format("longitude")),
        ),
        migrations.RemoveIndex(model_name="service", name="service_by_position"),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                fields=("shown_latitude", "shown_longitude"), name="service_by_shown_position"
            ),
        ),
    ]
