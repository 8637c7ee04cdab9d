import datetime as dt
import uuid

import django.db.models.expressions
from django.db import migrations, models

import fanal.ground.codes.terms
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        QuickCreateModel(
            name="ReturnCode",
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
                    "tag",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="empreinte de recherche"
                    ),
                ),
                ("secret", models.BinaryField(verbose_name="empreinte du secret")),
                ("duress", models.BinaryField(verbose_name="empreinte donnée sous la contrainte")),
                (
                    "kind",
                    models.CharField(
                        choices=fanal.ground.codes.terms.kind_choices,
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("opens", models.UUIDField(verbose_name="ouvre")),
                ("issued_at", models.DateTimeField(verbose_name="remis le")),
                ("expires_at", models.DateTimeField(verbose_name="expire le")),
                (
                    "forced_before",
                    models.DateTimeField(null=True, verbose_name="donné sous la contrainte avant"),
                ),
            ],
            options={
                "verbose_name": "code de retour",
                "verbose_name_plural": "codes de retour",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "opens"), name="return_code_one_for_a_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("issued_at")),
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("issued_at"), "+", models.Value(dt.timedelta(days=30))
                                ),
                            ),
                        ),
                        name="return_code_lasts_a_month_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("secret", models.F("duress")), _negated=True),
                        name="return_code_duress_is_another",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="TagTry",
            fields=[
                (
                    "tag",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="empreinte de recherche",
                    ),
                ),
                ("level", models.FloatField(verbose_name="niveau")),
                ("at", models.DateTimeField(verbose_name="mesuré le")),
                ("wrong", models.PositiveIntegerField(verbose_name="essais manqués")),
                (
                    "forced_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="donné sous la contrainte le"
                    ),
                ),
            ],
            options={
                "verbose_name": "essais d'un code",
                "verbose_name_plural": "essais de codes",
            },
        ),
    ]
