import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fanal.ground.schema.operations import QuickCreateModel

# Attempts of the last day: a keyed digest of where they came from, nothing else.
ATTEMPTS = """
CREATE TABLE traces_attempt (
    at timestamptz NOT NULL DEFAULT now(),
    source text NOT NULL
);
CREATE INDEX attempt_by_source ON traces_attempt (source, at);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="AccessCode",
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
                        related_name="+",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="empreinte")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remis par",
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="remis le")),
                ("expires_at", models.DateTimeField(verbose_name="expire le")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="utilisé le")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulé le"),
                ),
            ],
            options={
                "verbose_name": "code de consultation des accès",
                "verbose_name_plural": "codes de consultation des accès",
                "ordering": ("-given_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("given_at"))),
                        name="access_code_expires_after_it_is_given",
                    )
                ],
            },
        ),
        migrations.RunSQL(ATTEMPTS, "DROP TABLE traces_attempt;"),
    ]
