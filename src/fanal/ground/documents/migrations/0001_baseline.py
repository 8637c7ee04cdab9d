import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.documents.terms
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
                        choices=fanal.ground.documents.terms.kind_choices,
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
