import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.prevent.spaces.freshness.terms
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Service",
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
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
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
                    "source_key",
                    models.CharField(max_length=64, unique=True, verbose_name="clé de la source"),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("public", "Tout le monde"),
                            ("professional", "Professionnels vérifiés"),
                            ("hidden", "Jamais montré"),
                        ],
                        default="hidden",
                        max_length=20,
                        verbose_name="visible de",
                    ),
                ),
                (
                    "state_number",
                    models.BooleanField(default=False, verbose_name="numéro de l'État"),
                ),
                ("created_at", models.DateTimeField(verbose_name="inscrit le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "kept",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="gardé d'autres formats"
                    ),
                ),
                (
                    "shown_latitude",
                    models.FloatField(editable=False, null=True, verbose_name="latitude montrée"),
                ),
                (
                    "shown_longitude",
                    models.FloatField(editable=False, null=True, verbose_name="longitude montrée"),
                ),
            ],
            options={
                "verbose_name": "lieu",
                "verbose_name_plural": "lieux",
                "ordering": ("name", "pk"),
                "indexes": [
                    models.Index(fields=["departement", "kind"], name="service_by_departement"),
                    models.Index(
                        fields=["shown_latitude", "shown_longitude"],
                        name="service_by_shown_position",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["audiences"], name="service_by_audience"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audiences", []), _negated=True),
                        name="service_is_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum_age__isnull", True),
                            ("maximum_age__isnull", True),
                            ("maximum_age__gte", models.F("minimum_age")),
                            _connector="OR",
                        ),
                        name="service_ages_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_stands_at_two_coordinates",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailbox",
                        to="spaces.service",
                        verbose_name="lieu",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("kept_at", models.DateTimeField(verbose_name="tenue depuis le")),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tenue par",
                    ),
                ),
                ("bounced_on", models.DateField(blank=True, null=True, verbose_name="revenu le")),
            ],
            options={
                "verbose_name": "adresse de contact",
                "verbose_name_plural": "adresses de contact",
                "ordering": ("pk",),
            },
        ),
        QuickCreateModel(
            name="ConfirmationRequest",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="spaces.service",
                        verbose_name="lieu",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandée le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu'au")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="partie le")),
                (
                    "used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulée le"),
                ),
            ],
            options={
                "verbose_name": "demande de confirmation",
                "verbose_name_plural": "demandes de confirmation",
                "ordering": ("-asked_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), ("used_at", None)),
                        fields=("service",),
                        name="request_one_link_a_place",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Amendment",
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="spaces.service",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="spaces.confirmationrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("right", "C’est juste"),
                            ("corrected", "À corriger"),
                            ("closed", "Nous avons fermé"),
                        ],
                        max_length=10,
                        verbose_name="ce qui est dit",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=20, verbose_name="champ")),
                ("value", models.JSONField(blank=True, null=True, verbose_name="valeur")),
                ("made_at", models.DateTimeField(verbose_name="dite le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Attend une décision"),
                            ("accepted", "Acceptée"),
                            ("refused", "Écartée"),
                            ("replaced", "Remplacée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="décidée le"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                ("former", models.JSONField(blank=True, null=True, verbose_name="avant")),
            ],
            options={
                "verbose_name": "proposition d'un lieu",
                "verbose_name_plural": "propositions des lieux",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("kind", "closed")),
                            models.Q(
                                models.Q(("kind", "closed"), _negated=True),
                                (
                                    "field__in",
                                    (
                                        "name",
                                        "phone",
                                        "website",
                                        "address",
                                        "hours",
                                        "description",
                                        "audiences",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_is_about_a_field_that_is_asked",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Doubt",
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
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="référence",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubts",
                        to="spaces.service",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=fanal.prevent.spaces.freshness.terms.doubt_source_choices,
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                ("raised_on", models.DateField(verbose_name="dit le")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="écarté le"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écarté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "doute",
                "verbose_name_plural": "doutes",
                "ordering": ("-raised_on", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["service", "source"],
                        name="doubt_that_waits",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="PublicService",
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
            ],
            options={
                "verbose_name": "lieu public",
                "verbose_name_plural": "lieux publics",
                "db_table": "spaces_public",
                "ordering": ("name", "pk"),
                "managed": False,
            },
        ),
        QuickCreateModel(
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
        QuickCreateModel(
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
