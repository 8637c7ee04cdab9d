import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Departement",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=3, primary_key=True, serialize=False, verbose_name="code"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="nom")),
            ],
            options={
                "verbose_name": "département",
                "verbose_name_plural": "départements",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="ChildWelfareAuthority",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=3, primary_key=True, serialize=False, verbose_name="code"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("departement", "Département"),
                            ("metropole", "Métropole"),
                            (
                                "collectivite_statut_particulier",
                                "Collectivité à statut particulier",
                            ),
                            ("collectivite_europeenne", "Collectivité européenne"),
                            ("collectivite_unique", "Collectivité territoriale unique"),
                            ("collectivite_outre_mer", "Collectivité d'outre-mer"),
                        ],
                        max_length=40,
                        verbose_name="nature",
                    ),
                ),
                (
                    "departement_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        size=None,
                        verbose_name="codes des départements couverts",
                    ),
                ),
                ("timezone", models.CharField(max_length=40, verbose_name="fuseau horaire")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("cog", "Code officiel géographique"),
                            ("cog_iso", "Code officiel géographique et norme ISO 3166-2"),
                            (
                                "general_knowledge",
                                "Connaissance générale, à faire relire par un juriste",
                            ),
                        ],
                        max_length=20,
                        verbose_name="fondement",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="remarque")),
            ],
            options={
                "verbose_name": "autorité de protection de l'enfance",
                "verbose_name_plural": "autorités de protection de l'enfance",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Court",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=7, primary_key=True, serialize=False, verbose_name="code"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tj", "Tribunal judiciaire"),
                            ("tpi", "Tribunal de première instance"),
                        ],
                        max_length=3,
                        verbose_name="nature",
                    ),
                ),
                (
                    "commune_code",
                    models.CharField(max_length=5, verbose_name="code de la commune du siège"),
                ),
                ("commune_name", models.CharField(max_length=60, verbose_name="commune du siège")),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.departement",
                        verbose_name="département du siège",
                    ),
                ),
                ("appeal_court", models.CharField(max_length=40, verbose_name="cour d'appel")),
                (
                    "appeal_court_kind",
                    models.CharField(
                        choices=[
                            ("cour_appel", "Cour d'appel"),
                            ("tsa", "Tribunal supérieur d'appel"),
                        ],
                        max_length=10,
                        verbose_name="nature de la juridiction d'appel",
                    ),
                ),
                ("has_tpe", models.BooleanField(verbose_name="a un tribunal pour enfants")),
                (
                    "tpe_court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courts_served",
                        to="territory.court",
                        verbose_name="tribunal pour enfants compétent",
                    ),
                ),
                (
                    "jirs",
                    models.CharField(
                        max_length=40, verbose_name="juridiction interrégionale spécialisée"
                    ),
                ),
            ],
            options={
                "verbose_name": "tribunal",
                "verbose_name_plural": "tribunaux",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("has_tpe", True), ("tpe_court", models.F("code"))),
                            models.Q(
                                ("has_tpe", False),
                                models.Q(("tpe_court", models.F("code")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="court_without_tpe_names_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="code INSEE"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                (
                    "former_name",
                    models.CharField(
                        blank=True,
                        help_text="Commune déléguée du chef-lieu, dont le nom diffère de celui d'aujourd'hui.",
                        max_length=60,
                        verbose_name="ancienne commune de même code",
                    ),
                ),
                ("sort_name", models.CharField(max_length=60, verbose_name="nom de tri")),
                (
                    "search_names",
                    models.CharField(max_length=125, verbose_name="noms de recherche"),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("current", "Commune actuelle"),
                            ("arrondissement", "Arrondissement municipal"),
                            ("former", "Ancienne commune, déléguée ou associée"),
                        ],
                        max_length=14,
                        verbose_name="situation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="territory.commune",
                        verbose_name="commune actuelle",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.childwelfareauthority",
                        verbose_name="autorité de protection de l'enfance",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.court",
                        verbose_name="tribunal judiciaire",
                    ),
                ),
                (
                    "tpe_court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tpe_communes",
                        to="territory.court",
                        verbose_name="tribunal pour enfants",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="population"),
                ),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(blank=True, null=True, verbose_name="latitude du centre"),
                ),
                (
                    "longitude",
                    models.FloatField(blank=True, null=True, verbose_name="longitude du centre"),
                ),
            ],
            options={
                "verbose_name": "commune",
                "verbose_name_plural": "communes",
                "ordering": ("sort_name", "code"),
                "indexes": [
                    models.Index(models.F("sort_name"), models.F("code"), name="commune_sort"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_names", "gin_trgm_ops"),
                        name="commune_search",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["postcodes"], name="commune_postcodes"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parent__isnull", True), ("status", "current")),
                            models.Q(
                                models.Q(("status", "current"), _negated=True),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="commune_is_current_or_has_a_parent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=5,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ancien code INSEE",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_codes",
                        to="territory.commune",
                        verbose_name="commune actuelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "ancien code de commune",
                "verbose_name_plural": "anciens codes de commune",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="ReferenceLoad",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="jeu de données",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                ("loaded_at", models.DateTimeField(verbose_name="chargé le")),
            ],
            options={
                "verbose_name": "chargement de référence",
                "verbose_name_plural": "chargements de référence",
            },
        ),
    ]
