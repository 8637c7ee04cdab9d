import datetime as dt
import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Block",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "handle",
                    models.CharField(
                        choices=[
                            ("code", "Code de retour"),
                            ("number", "Numéro de téléphone"),
                            ("connection", "Connexion en direct"),
                        ],
                        max_length=12,
                        verbose_name="sur",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte")),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posé par",
                    ),
                ),
                ("set_at", models.DateTimeField(verbose_name="posé le")),
                ("until", models.DateTimeField(verbose_name="jusqu'au")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmé par",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmé le"),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levé par",
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levé le")),
            ],
            options={
                "verbose_name": "blocage",
                "ordering": ("-set_at", "-pk"),
                "indexes": [models.Index(fields=["handle", "digest"], name="block_by_handle")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "until__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("set_at"),
                                    "+",
                                    models.Value(dt.timedelta(seconds=3600)),
                                ),
                            ),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("set_at"), "+", models.Value(dt.timedelta(days=30))
                                ),
                            ),
                        ),
                        name="block_lasts_an_hour_to_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handle", "connection"), _negated=True),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("set_at"), "+", models.Value(dt.timedelta(days=1))
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="block_of_a_connection_lasts_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="block_says_who_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("set_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="block_is_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="block_says_who_lifted",
                    ),
                ],
            },
        ),
    ]
