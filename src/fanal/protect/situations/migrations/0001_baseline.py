import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.protect.situations.terms
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Situation",
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
                        related_name="situations",
                        to="access.casefile",
                        verbose_name="dossier",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "à prendre en charge"),
                            ("followed", "suivie"),
                            ("closing", "clôture proposée"),
                            ("closed", "clôturée"),
                            ("reopened", "rouverte"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "referent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="référent",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("measure", "Mesure décidée"),
                            ("report", "Signalement au procureur"),
                            ("reasoned_act", "Acte motivé d'un cadre"),
                            ("transfer", "Reçue d'une autre autorité"),
                        ],
                        max_length=15,
                        verbose_name="fondement",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="motif d'ouverture")),
                (
                    "origin_kind",
                    models.CharField(
                        blank=True,
                        choices=fanal.protect.situations.terms.source_choices,
                        max_length=15,
                        verbose_name="ouverte depuis",
                    ),
                ),
                (
                    "origin_ref",
                    models.UUIDField(blank=True, null=True, verbose_name="référence d'origine"),
                ),
                (
                    "received_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.childwelfareauthority",
                        verbose_name="reçue de",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ouverte par",
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="prise en charge le"),
                ),
                (
                    "closing_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger_lifted", "Le danger a cessé"),
                            ("relayed", "Relais pris par les services de droit commun"),
                            ("majority", "Majorité, sans suite souhaitée par le jeune"),
                            (
                                "young_adult",
                                "Majorité, accompagnement jeune majeur engagé ailleurs",
                            ),
                            ("opened_in_error", "Ouverte par erreur"),
                            ("death", "Décès"),
                            ("transferred", "Transmise à une autre autorité"),
                        ],
                        max_length=20,
                        verbose_name="motif de clôture",
                    ),
                ),
                ("closing_text", models.TextField(blank=True, verbose_name="bilan de clôture")),
                (
                    "closing_proposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clôture proposée le"),
                ),
                (
                    "closing_proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="clôture proposée par",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clôturée le"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="clôturée par",
                    ),
                ),
                (
                    "transferred_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.childwelfareauthority",
                        verbose_name="transmise à",
                    ),
                ),
                (
                    "reopened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rouverte le"),
                ),
                (
                    "majority_on",
                    models.DateField(blank=True, null=True, verbose_name="majorité le"),
                ),
                (
                    "majority_asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="majorité à établir depuis le"
                    ),
                ),
            ],
            options={
                "verbose_name": "situation",
                "indexes": [
                    models.Index(fields=["authority", "status"], name="situation_by_authority"),
                    models.Index(fields=["referent", "status"], name="situation_by_referent"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=("case_file",),
                        name="situation_living_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "reasoned_act"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="situation_reasoned_act_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            models.Q(
                                models.Q(("closing_reason", ""), _negated=True),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="situation_closed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closing"), _negated=True),
                            models.Q(
                                models.Q(("closing_reason", ""), _negated=True),
                                models.Q(("closing_text", ""), _negated=True),
                                ("closing_proposed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="situation_closing_is_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            ("closing_reason", "transferred"),
                            models.Q(
                                ("closing_proposed_by__isnull", False),
                                models.Q(
                                    ("closed_by", models.F("closing_proposed_by")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="situation_is_closed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closing_reason", "transferred"), _negated=True),
                            ("transferred_to__isnull", False),
                            _connector="OR",
                        ),
                        name="situation_transferred_says_where",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Entry",
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
                        related_name="entries",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="situations.situation",
                        verbose_name="situation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Note"),
                            ("call", "Appel"),
                            ("visit", "Visite"),
                            ("meeting", "Rencontre"),
                            ("event", "Événement"),
                            ("interview_17", "Entretien un an avant la majorité"),
                            ("exit_interview", "Entretien six mois après la sortie"),
                            ("follow_up", "Suivi"),
                            ("measure", "Mesure"),
                            ("handover", "Référent"),
                            ("majority", "Majorité"),
                            ("transfer", "Transmission"),
                        ],
                        max_length=15,
                        verbose_name="nature",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="quand")),
                ("text", models.TextField(verbose_name="texte")),
                ("where", models.CharField(blank=True, max_length=150, verbose_name="lieu")),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "source_kind",
                    models.CharField(
                        blank=True,
                        choices=fanal.protect.situations.terms.source_choices,
                        max_length=15,
                        verbose_name="provenance",
                    ),
                ),
                (
                    "source_ref",
                    models.UUIDField(
                        blank=True, null=True, verbose_name="référence de la provenance"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="situations.entry",
                        verbose_name="corrige",
                    ),
                ),
            ],
            options={
                "verbose_name": "événement du fil",
                "verbose_name_plural": "événements du fil",
                "ordering": ("at", "id"),
                "indexes": [
                    models.Index(fields=["case_file", "at"], name="entry_by_case_file"),
                    models.Index(fields=["situation", "-written_at"], name="entry_by_situation"),
                ],
            },
        ),
        QuickCreateModel(
            name="HandOver",
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
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remises par",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reprises par",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("at", models.DateTimeField(verbose_name="le")),
                ("count", models.PositiveSmallIntegerField(verbose_name="nombre de situations")),
                ("receipt", models.BinaryField(verbose_name="reçu")),
                (
                    "receipt_sha256",
                    models.CharField(max_length=64, verbose_name="empreinte du reçu"),
                ),
            ],
            options={
                "verbose_name": "remise de situations",
                "verbose_name_plural": "remises de situations",
                "ordering": ("-at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="handover_is_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="handover_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receipt_sha256__regex", "^[0-9a-f]{64}$")),
                        name="handover_receipt_has_a_digest",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="HandedOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="situations.handover",
                        verbose_name="remise",
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="situations.situation",
                        verbose_name="situation",
                    ),
                ),
            ],
            options={
                "verbose_name": "situation remise",
                "verbose_name_plural": "situations remises",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hand_over", "situation"), name="handed_over_once"
                    )
                ],
            },
        ),
    ]
