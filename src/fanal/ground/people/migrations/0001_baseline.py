import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fanal.ground.schema.operations import QuickCreateModel

LIKENESS = """
CREATE INDEX minor_by_name_likeness ON people_minor USING gin (name_plain gin_trgm_ops);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Minor",
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
                (
                    "case_file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minor",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "given_names",
                    models.CharField(blank=True, max_length=200, verbose_name="prénoms"),
                ),
                ("family_name", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                ("birth_date", models.DateField(verbose_name="date de naissance")),
                (
                    "birth_precision",
                    models.CharField(
                        choices=[("day", "date connue"), ("age", "âge estimé")],
                        max_length=5,
                        verbose_name="précision",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("F", "fille"),
                            ("M", "garçon"),
                            ("X", "autre"),
                            ("unknown", "non précisé"),
                        ],
                        max_length=8,
                        verbose_name="sexe",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="adresse")),
                (
                    "school",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="établissement scolaire"
                    ),
                ),
                ("name_plain", models.CharField(max_length=402, verbose_name="nom sans accent")),
                (
                    "name_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        size=None,
                        verbose_name="clés de recherche",
                    ),
                ),
            ],
            options={
                "verbose_name": "mineur",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name_keys"], name="minor_by_name_keys"
                    ),
                    models.Index(fields=["birth_date"], name="minor_by_birth_date"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_names", ""), _negated=True),
                            models.Q(("family_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="minor_has_a_name",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Holder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("tie", models.CharField(blank=True, max_length=200, verbose_name="lien")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=500, verbose_name="coordonnées"),
                ),
            ],
            options={
                "verbose_name": "titulaire de l'autorité parentale",
                "verbose_name_plural": "titulaires de l'autorité parentale",
                "ordering": ("id",),
            },
        ),
        QuickCreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_from",
                        to="access.casefile",
                        verbose_name="autre dossier",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("sibling", "frère ou sœur"), ("household", "même foyer")],
                        max_length=12,
                        verbose_name="lien",
                    ),
                ),
            ],
            options={
                "verbose_name": "lien entre mineurs",
                "verbose_name_plural": "liens entre mineurs",
                "constraints": [
                    models.UniqueConstraint(fields=("case_file", "other"), name="tie_once"),
                    models.CheckConstraint(
                        condition=models.Q(("case_file", models.F("other")), _negated=True),
                        name="tie_is_between_two",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Merge",
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
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="access.casefile",
                        verbose_name="dossier gardé",
                    ),
                ),
                (
                    "absorbed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_by",
                        to="access.casefile",
                        verbose_name="dossier réuni",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="défait le"),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="défait par",
                    ),
                ),
            ],
            options={
                "verbose_name": "réunion de dossiers",
                "verbose_name_plural": "réunions de dossiers",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("absorbed",),
                        name="merge_living_once",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="PossibleMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_matches",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.casefile",
                        verbose_name="autre dossier",
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        size=None,
                        verbose_name="raisons",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="trouvé le")),
                (
                    "set_aside_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="écarté le"),
                ),
            ],
            options={
                "verbose_name": "rapprochement possible",
                "verbose_name_plural": "rapprochements possibles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case_file", "other"), name="possible_match_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(LIKENESS, "DROP INDEX minor_by_name_likeness;"),
    ]
