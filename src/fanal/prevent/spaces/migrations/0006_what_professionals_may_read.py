"""
Two more views of the owner: what verified professionals read, and when public places changed.

The first has the rows of two tiers, for who holds a role today and for nobody else; it hides the
words that nobody confirmed, as the public one does. The second says a moment, of public rows alone.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

OPEN = """
CREATE FUNCTION spaces_is_professional() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (
     SELECT 1 FROM agents_posting p
      WHERE p.agent_id = access_agent()
        AND p.since <= access_today() AND (p.until IS NULL OR p.until >= access_today())) $$;

CREATE VIEW spaces_professional WITH (security_barrier) AS
SELECT s.id, s.ref, s.name, s.kind, s.status,
       CASE WHEN s.verified ? 'description' THEN s.description ELSE '' END AS description,
       s.commune_id, s.departement_id, s.postcode,
       CASE WHEN s.verified ? 'address' THEN s.address ELSE '' END AS address,
       CASE WHEN s.verified ? 'address' THEN s.latitude ELSE c.latitude END AS latitude,
       CASE WHEN s.verified ? 'address' THEN s.longitude ELSE c.longitude END AS longitude,
       s.audiences, s.minimum_age, s.maximum_age,
       CASE WHEN s.verified ? 'hours' THEN s.hours ELSE '' END AS hours,
       CASE WHEN s.verified ? 'phone' OR s.state_number THEN s.phone ELSE '' END AS phone,
       CASE WHEN s.verified ? 'website' THEN s.website ELSE '' END AS website,
       s.languages, s.sign_language, s.accessible, s.free, s.anonymous,
       s.source_url, s.source_date, s.verified, s.verified_on, s.tier
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE (SELECT spaces_is_professional())
   AND s.tier IN ('public', 'professional') AND s.status IN ('active', 'temporarily closed');

CREATE VIEW spaces_changed WITH (security_barrier) AS
SELECT s.id, s.updated_at AS changed_at
  FROM spaces_service s LEFT JOIN territory_commune c ON c.code = s.commune_id
 WHERE s.tier = 'public' AND s.status IN ('active', 'temporarily closed');
"""

SHUT = """
DROP VIEW spaces_changed;
DROP VIEW spaces_professional;
DROP FUNCTION spaces_is_professional();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0005_links_answers_and_doubts"),
    ]

    operations = [
        migrations.RunSQL(OPEN, SHUT),
        migrations.CreateModel(
            name="ProfessionalService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ligne_nationale", "Ligne nationale"),
                            ("association_specialisee", "Association spécialisée"),
                            ("maison_des_adolescents", "Maison des adolescents"),
                            ("paej", "Point accueil écoute jeunes"),
                            ("uaped", "Unité d’accueil pédiatrique enfants en danger"),
                            ("aide_victimes", "Aide aux victimes"),
                            ("planning_familial", "Planning familial"),
                            ("centre_sante_sexuelle", "Centre de santé sexuelle"),
                            ("cegidd", "Centre de dépistage gratuit"),
                            ("cidff", "Centre d’information sur les droits"),
                            ("information_jeunesse", "Information jeunesse"),
                        ],
                        max_length=30,
                        verbose_name="réseau",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "En activité"),
                            ("inactive", "En pause"),
                            ("defunct", "N’existe plus"),
                            ("temporarily closed", "Fermé pour un temps"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="activité",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="ce qui s'y passe")),
                (
                    "postcode",
                    models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("minors", "Moins de 18 ans"),
                                ("families", "Familles"),
                                ("adults", "Adultes"),
                                ("professionals", "Professionnels"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="pour qui",
                    ),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="dès"),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="jusqu'à"),
                ),
                ("hours", models.CharField(blank=True, max_length=500, verbose_name="horaires")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="site")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="langues",
                    ),
                ),
                (
                    "sign_language",
                    models.BooleanField(blank=True, null=True, verbose_name="langue des signes"),
                ),
                (
                    "accessible",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="accessible en fauteuil"
                    ),
                ),
                ("free", models.BooleanField(blank=True, null=True, verbose_name="gratuit")),
                (
                    "anonymous",
                    models.BooleanField(blank=True, null=True, verbose_name="sans dire son nom"),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="source")),
                (
                    "source_date",
                    models.CharField(blank=True, max_length=10, verbose_name="date de la source"),
                ),
                (
                    "verified",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="confirmé le, par champ"
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(blank=True, null=True, verbose_name="confirmé le"),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("public", "Tout le monde"),
                            ("professional", "Professionnels vérifiés"),
                            ("hidden", "Jamais montré"),
                        ],
                        max_length=20,
                        verbose_name="visible de",
                    ),
                ),
            ],
            options={
                "verbose_name": "lieu connu des professionnels",
                "verbose_name_plural": "lieux connus des professionnels",
                "db_table": "spaces_professional",
                "ordering": ("name", "pk"),
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        db_column="id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="change",
                        serialize=False,
                        to="spaces.publicservice",
                        verbose_name="lieu",
                    ),
                ),
                ("changed_at", models.DateTimeField(verbose_name="modifié le")),
            ],
            options={
                "verbose_name": "modification d'un lieu public",
                "verbose_name_plural": "modifications de lieux publics",
                "db_table": "spaces_changed",
                "ordering": ("pk",),
                "managed": False,
            },
        ),
    ]
