import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.privacy.sealing.fields
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("concerns", "0001_baseline"),
        ("documents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Report",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="concerns.concern",
                        verbose_name="information préoccupante",
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
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.court",
                        verbose_name="tribunal judiciaire",
                    ),
                ),
                (
                    "tpe_court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.court",
                        verbose_name="tribunal pour enfants",
                    ),
                ),
                (
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "measures_failed",
                                    "Les mesures déjà prises n'ont pas permis de remédier à la situation (1°).",
                                ),
                                (
                                    "family_refuses",
                                    "Les mesures ne peuvent être mises en place : la famille refuse l'intervention du service ou n'est pas en mesure de collaborer avec lui (2°).",
                                ),
                                (
                                    "grave_and_immediate",
                                    "Le danger est grave et immédiat, notamment dans une situation de maltraitance (3°).",
                                ),
                                (
                                    "cannot_be_evaluated",
                                    "Le mineur est présumé en danger et il est impossible d'évaluer sa situation.",
                                ),
                            ],
                            max_length=25,
                        ),
                        default=list,
                        size=None,
                        verbose_name="motifs",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                (
                    "exploitation",
                    models.CharField(
                        choices=[
                            ("none", "non évoquée"),
                            ("suspected", "exploitation sexuelle suspectée"),
                            ("confirmed", "exploitation sexuelle confirmée"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="exploitation",
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="faits")),
                (
                    "danger",
                    models.TextField(
                        blank=True, verbose_name="ce qui fait craindre pour le mineur"
                    ),
                ),
                ("minor_words", models.TextField(blank=True, verbose_name="paroles du mineur")),
                ("measures", models.TextField(blank=True, verbose_name="mesures déjà prises")),
                ("request", models.TextField(blank=True, verbose_name="ce qui est demandé")),
                (
                    "parents_informed",
                    models.BooleanField(default=False, verbose_name="les parents sont informés"),
                ),
                (
                    "parents_reason",
                    models.TextField(
                        blank=True, verbose_name="motif de ne pas informer les parents"
                    ),
                ),
                (
                    "parents_may_be_involved",
                    models.BooleanField(
                        default=False, verbose_name="un parent est peut-être mêlé aux faits"
                    ),
                ),
                (
                    "identity",
                    models.JSONField(blank=True, null=True, verbose_name="identité transmise"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "en préparation"),
                            ("sent", "adressé au parquet"),
                            ("acknowledged", "reçu par le parquet"),
                            ("informed_back", "suites connues"),
                            ("closed", "clôturé"),
                        ],
                        default="draft",
                        max_length=15,
                        verbose_name="état",
                    ),
                ),
                ("drafted_at", models.DateTimeField(verbose_name="commencé le")),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="commencé par",
                    ),
                ),
                ("updated_at", models.DateTimeField(verbose_name="enregistré le")),
                (
                    "saved_from",
                    models.UUIDField(blank=True, null=True, verbose_name="page qui l'a enregistré"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="adressé le")),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="adressé par",
                    ),
                ),
                (
                    "acknowledged_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="reçu par le parquet le"
                    ),
                ),
                (
                    "informed_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="suites connues le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clôturé le"),
                ),
                (
                    "parents_allowed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="accord du parquet le"
                    ),
                ),
                (
                    "parents_told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="parents informés le"),
                ),
            ],
            options={
                "verbose_name": "signalement",
                "ordering": ("-drafted_at", "-id"),
                "indexes": [
                    models.Index(
                        fields=["authority", "status", "-sent_at"], name="report_by_authority"
                    ),
                    models.Index(fields=["court", "status"], name="report_by_court"),
                    models.Index(fields=["tpe_court", "status"], name="report_by_tpe_court"),
                    models.Index(fields=["case_file"], name="report_by_case_file"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at__isnull", True),
                                ("sent_by__isnull", True),
                                ("status", "draft"),
                            ),
                            models.Q(
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                ("status__in", ("sent", "acknowledged", "informed_back", "closed")),
                                ("grounds__len__gt", 0),
                                ("identity__isnull", False),
                                models.Q(("facts", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_sent_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "grounds__contained_by",
                                [
                                    "measures_failed",
                                    "family_refuses",
                                    "grave_and_immediate",
                                    "cannot_be_evaluated",
                                ],
                            )
                        ),
                        name="report_grounds_are_those_of_the_law",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("status__in", ("acknowledged", "informed_back", "closed")),
                                ("acknowledged_at__gte", models.F("sent_at")),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ("acknowledged", "informed_back", "closed")),
                                    _negated=True,
                                ),
                                ("acknowledged_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_acknowledged_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("informed_back_at__isnull", False),
                                ("status__in", ("informed_back", "closed")),
                                ("informed_back_at__gte", models.F("acknowledged_at")),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ("informed_back", "closed")), _negated=True
                                ),
                                ("informed_back_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_informed_back_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("status", "closed"),
                                ("closed_at__gte", models.F("informed_back_at")),
                            ),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_closed_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            ("parents_informed", True),
                            models.Q(("parents_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_parents_not_informed_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parents_may_be_involved", False),
                            ("parents_told_at__isnull", True),
                            ("parents_allowed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="report_parents_wait_for_the_procureur",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("concern",),
                        name="report_drafted_once_per_concern",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("concern__isnull", True), ("status", "draft")),
                        fields=("case_file",),
                        name="report_drafted_once_per_file",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="ReportCopy",
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
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="reports.report",
                        verbose_name="signalement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                "department",
                                "Président du conseil départemental (art. L226-4 II CASF)",
                            ),
                            (
                                "education",
                                "Direction des services de l'Éducation nationale (DSDEN)",
                            ),
                            ("children_judge", "Juge des enfants déjà saisi"),
                            ("child_welfare", "Service de l'aide sociale à l'enfance"),
                            ("other", "Autre destinataire"),
                        ],
                        max_length=15,
                        verbose_name="destinataire",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="précision")),
            ],
            options={
                "verbose_name": "copie",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "kind", "label"), name="report_copy_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "other"), _negated=True),
                            models.Q(("label", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_copy_to_another_says_whom",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="ReportLetter",
            fields=[
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="letter",
                        serialize=False,
                        to="reports.report",
                        verbose_name="signalement",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="copie au dossier",
                    ),
                ),
                (
                    "pdf",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        anchor="report", verbose_name="fichier"
                    ),
                ),
            ],
            options={
                "verbose_name": "lettre de signalement",
                "verbose_name_plural": "lettres de signalement",
            },
        ),
        QuickCreateModel(
            name="ReportInformant",
            fields=[
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="informant",
                        serialize=False,
                        to="reports.report",
                        verbose_name="signalement",
                    ),
                ),
                (
                    "name",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="report", blank=True, verbose_name="nom"
                    ),
                ),
                (
                    "function",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="report", blank=True, verbose_name="fonction"
                    ),
                ),
                (
                    "contact",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="report", blank=True, verbose_name="coordonnées"
                    ),
                ),
            ],
            options={
                "verbose_name": "auteur de l'information transmis au parquet",
                "verbose_name_plural": "auteurs de l'information transmis au parquet",
            },
        ),
        QuickCreateModel(
            name="ReportOutcome",
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
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="reports.report",
                        verbose_name="signalement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("epo_ordered", "Ordonnance de placement provisoire"),
                            ("judge_seised", "Juge des enfants saisi"),
                            ("enquiry_opened", "Enquête ouverte"),
                            ("returned_to_department", "Renvoyé à la protection administrative"),
                            ("no_action", "Sans suite judiciaire"),
                        ],
                        max_length=25,
                        verbose_name="suite",
                    ),
                ),
                ("on", models.DateField(verbose_name="décidée le")),
                ("note", models.TextField(blank=True, verbose_name="précision")),
                ("recorded_at", models.DateTimeField(verbose_name="enregistrée le")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="enregistrée par",
                    ),
                ),
                ("told_by", models.CharField(blank=True, max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "suite du signalement",
                "verbose_name_plural": "suites du signalement",
                "ordering": ("on", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "kind"), name="report_outcome_once")
                ],
            },
        ),
        QuickCreateModel(
            name="ReportStep",
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
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reports.report",
                        verbose_name="signalement",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("sent", "Signalement adressé au parquet"),
                            ("acknowledged", "Reçu par le parquet"),
                            ("outcome", "Suite donnée par le parquet"),
                            ("parents_allowed", "Le parquet permet d'informer les parents"),
                            ("parents_told", "Parents informés par écrit"),
                            ("relanced", "Parquet relancé"),
                            ("informed_back", "Suites connues du département"),
                            ("closed", "Signalement clôturé"),
                        ],
                        max_length=15,
                        verbose_name="étape",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="précision")),
            ],
            options={
                "verbose_name": "étape du signalement",
                "verbose_name_plural": "étapes du signalement",
                "ordering": ("at", "id"),
                "indexes": [
                    models.Index(fields=["case_file", "at"], name="report_step_by_case_file")
                ],
            },
        ),
    ]
