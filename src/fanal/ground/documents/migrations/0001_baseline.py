import uuid

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
    ]

    operations = [
        QuickCreateModel(
            name="Document",
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
                        related_name="documents",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledgement", "Accusé de réception"),
                            ("parents_letter", "Information des parents"),
                            ("parents_exception", "Note motivée : parents non informés"),
                            (
                                "transfer_notice",
                                "Information des parents : transmission du dossier",
                            ),
                            ("outcome", "Suite donnée à votre transmission"),
                            ("evaluation_report", "Rapport d'évaluation"),
                            ("report", "Signalement au procureur de la République"),
                            ("handover_receipt", "Reçu de remise de situations"),
                            ("dossier", "Dossier du mineur"),
                            ("shelter_parents", "Information des parents : mise à l'abri"),
                            ("rights_answer", "Réponse à votre demande sur vos données"),
                            ("shelter_prosecutor", "Avis au procureur : mise à l'abri"),
                        ],
                        max_length=30,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                (
                    "pdf",
                    fanal.ground.privacy.sealing.fields.SealedBinaryField(
                        anchor="ref", verbose_name="fichier"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("created_at", models.DateTimeField(verbose_name="établi le")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="établi par",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="documents.document",
                        verbose_name="remplacé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ("-created_at", "-id"),
                "indexes": [
                    models.Index(fields=["case_file", "-created_at"], name="document_by_file")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_by__isnull", True),
                            models.Q(("superseded_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="document_is_not_superseded_by_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="document_has_a_digest",
                    ),
                ],
            },
        ),
    ]
