import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.access.terms
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    # The first two for speed alone: before our tables are many, what they change is soon changed.
    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="CaseFile",
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
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="access.casefile",
                        verbose_name="réuni avec",
                    ),
                ),
                (
                    "sealed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="mis sous scellé le"),
                ),
                (
                    "seal_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="motif du scellé"),
                ),
                (
                    "seal_yields",
                    models.BooleanField(default=False, verbose_name="s'ouvre en urgence"),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "indexes": [models.Index(fields=["authority"], name="casefile_by_authority")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="casefile_is_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed_at__isnull", True),
                            models.Q(("seal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="casefile_seal_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed_at__isnull", False), ("seal_yields", False), _connector="OR"
                        ),
                        name="casefile_yields_under_seal_alone",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Grant",
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
                        related_name="grants",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=fanal.ground.access.terms.capacity_choices,
                        max_length=20,
                        verbose_name="qualité",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="depuis")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu'à")),
            ],
            options={
                "verbose_name": "accès nominatif",
                "verbose_name_plural": "accès nominatifs",
                "indexes": [
                    models.Index(fields=["agent", "case_file"], name="grant_by_agent"),
                    models.Index(fields=["case_file"], name="grant_by_case_file"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="grant_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("case_file", "agent", "capacity"),
                        name="grant_open_once",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Exclusion",
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
                        related_name="exclusions",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("relative", "Proche de l'enfant ou de sa famille"),
                            ("own_child", "Son propre enfant"),
                            ("suspect", "Mis en cause"),
                            ("other", "Autre conflit d'intérêts"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("since", models.DateTimeField(verbose_name="depuis")),
            ],
            options={
                "verbose_name": "exclusion",
                "constraints": [
                    models.UniqueConstraint(fields=("case_file", "agent"), name="exclusion_once")
                ],
            },
        ),
        QuickCreateModel(
            name="DisclosureRecord",
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
                        related_name="disclosures",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("file_ref", models.UUIDField(verbose_name="référence du dossier")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="partagé par",
                    ),
                ),
                (
                    "shared_with",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="partagé avec",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=fanal.ground.access.terms.disclosure_ground_choices,
                        max_length=12,
                        verbose_name="fondement",
                    ),
                ),
                ("purpose", models.CharField(max_length=300, verbose_name="finalité")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=fanal.ground.access.terms.class_choices,
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="données partagées",
                    ),
                ),
                ("package", models.JSONField(verbose_name="contenu")),
                ("informed_parents", models.BooleanField(verbose_name="parents informés")),
                ("informed_child", models.BooleanField(verbose_name="enfant informé")),
                (
                    "exemption_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="motif de non-information"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("expires_at", models.DateTimeField(verbose_name="jusqu'au")),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reçu le"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rendu le"),
                ),
                ("reply", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
            ],
            options={
                "verbose_name": "partage",
                "ordering": ("-at", "-pk"),
                "indexes": [
                    models.Index(fields=["shared_with", "-at"], name="disclosure_by_receiver")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("at"))),
                        name="disclosure_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared_with", models.F("shared_by")), _negated=True),
                        name="disclosure_is_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("informed_child", True), ("informed_parents", True)),
                            models.Q(("exemption_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disclosure_informs_or_says_why_not",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="BreakGlass",
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
                        related_name="openings",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("file_ref", models.UUIDField(verbose_name="référence du dossier")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("danger", models.CharField(max_length=500, verbose_name="danger")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("ends_at", models.DateTimeField(verbose_name="refermé le")),
                ("review_due_at", models.DateTimeField(verbose_name="à examiner avant le")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="examiné le"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="examiné par",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justifié"), ("not_justified", "Non justifié")],
                        max_length=15,
                        verbose_name="conclusion",
                    ),
                ),
                (
                    "review_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="motif de la conclusion"
                    ),
                ),
            ],
            options={
                "verbose_name": "accès d'urgence",
                "verbose_name_plural": "accès d'urgence",
                "indexes": [
                    models.Index(fields=["authority", "reviewed_at"], name="breakglass_by_review"),
                    models.Index(fields=["agent"], name="breakglass_by_agent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("danger", ""), _negated=True),
                        ),
                        name="breakglass_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("opened_at"))),
                        name="breakglass_closes_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                                ("verdict", ""),
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("review_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="breakglass_review_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(("reviewed_by", models.F("agent")), _negated=True),
                            _connector="OR",
                        ),
                        name="breakglass_is_reviewed_by_somebody_else",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="AccessStep",
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
                        related_name="access_steps",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=fanal.ground.access.terms.step_kind_choices,
                        max_length=20,
                        verbose_name="acte",
                    ),
                ),
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
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="concerne",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "décision d'accès",
                "verbose_name_plural": "décisions d'accès",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="accessstep_says_why",
                    )
                ],
            },
        ),
    ]
