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
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="RightsRequest",
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
                    "file_ref",
                    models.UUIDField(blank=True, null=True, verbose_name="référence du dossier"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "accès aux données"),
                            ("rectification", "rectification"),
                        ],
                        max_length=15,
                        verbose_name="demande",
                    ),
                ),
                (
                    "asker",
                    models.CharField(
                        choices=[
                            ("minor", "le mineur, seul"),
                            ("holder", "un titulaire de l’autorité parentale"),
                            ("young_adult", "un jeune majeur"),
                        ],
                        max_length=12,
                        verbose_name="demandeur",
                    ),
                ),
                (
                    "asker_name",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="nom du demandeur"
                    ),
                ),
                (
                    "asker_contact",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="adresse de réponse"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("letter", "par courrier"), ("desk", "au guichet")],
                        max_length=10,
                        verbose_name="reçue",
                    ),
                ),
                ("wish", models.TextField(blank=True, verbose_name="ce qui est demandé")),
                ("received_on", models.DateField(verbose_name="reçue le")),
                ("recorded_at", models.DateTimeField(verbose_name="enregistrée le")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="enregistrée par",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "identité à vérifier"),
                            ("identified", "à préparer par le service"),
                            ("prepared", "à répondre"),
                            ("answered", "répondue"),
                            ("refused", "refusée"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="réponse due le")),
                ("why_due", models.TextField(verbose_name="calcul du délai")),
                (
                    "extension_reason",
                    models.TextField(blank=True, verbose_name="motif de la prolongation"),
                ),
                (
                    "identity_check",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="identité vérifiée par"
                    ),
                ),
                ("given", models.TextField(blank=True, verbose_name="ce qui est communiqué")),
                (
                    "withheld",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "informant",
                                    "l’identité de la personne qui a alerté (CASF L226-2-2)",
                                ),
                                (
                                    "other_person",
                                    "ce qui concerne une autre personne (RGPD art. 15, par. 4)",
                                ),
                                (
                                    "danger",
                                    "ce qui mettrait l’enfant en danger (C. civ. 375 ; RGPD art. 23)",
                                ),
                                (
                                    "health",
                                    "ce que le mineur garde pour lui en santé (CSP L1111-5)",
                                ),
                                (
                                    "judicial",
                                    "ce qui relève de l’autorité judiciaire (CPP art. 11)",
                                ),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ce qui n’est pas communiqué",
                    ),
                ),
                ("refusal_reason", models.TextField(blank=True, verbose_name="motif du refus")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                (
                    "letter",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        anchor="ref", blank=True, null=True, verbose_name="lettre"
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’exercice de droits",
                "verbose_name_plural": "demandes d’exercice de droits",
                "ordering": ("due_on", "pk"),
                "indexes": [
                    models.Index(fields=["authority", "status"], name="rights_by_authority")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("received", "identified", "prepared")),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="rights_answered_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("refusal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rights_refused_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("received", "refused")),
                            models.Q(("identity_check", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rights_prepared_after_identity",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="RightsStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="rights.rightsrequest",
                        verbose_name="demande",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("recorded", "demande enregistrée"),
                            ("identified", "identité vérifiée"),
                            ("extended", "délai prolongé"),
                            ("prepared", "réponse préparée"),
                            ("corrected", "rectification faite"),
                            ("answered", "réponse envoyée"),
                            ("refused", "refus envoyé"),
                        ],
                        max_length=12,
                        verbose_name="étape",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une demande de droits",
                "verbose_name_plural": "étapes d’une demande de droits",
                "ordering": ("at", "pk"),
            },
        ),
        QuickCreateModel(
            name="Correction",
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
                        related_name="corrections",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="rights.rightsrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("given_names", "prénoms"),
                            ("family_name", "nom"),
                            ("address", "adresse"),
                            ("school", "établissement scolaire"),
                        ],
                        max_length=15,
                        verbose_name="donnée",
                    ),
                ),
                (
                    "former",
                    models.CharField(blank=True, max_length=500, verbose_name="ancienne version"),
                ),
                (
                    "corrected",
                    models.CharField(blank=True, max_length=500, verbose_name="nouvelle version"),
                ),
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
            ],
            options={
                "verbose_name": "rectification",
                "ordering": ("at", "pk"),
            },
        ),
    ]
