import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.privacy.sealing.fields
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Call",
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
                    "caller",
                    models.BinaryField(blank=True, null=True, verbose_name="empreinte du numéro"),
                ),
                ("arrived_at", models.DateTimeField(verbose_name="arrivé le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="décroché le"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminé le"),
                ),
                ("dissuaded", models.BooleanField(default=False, verbose_name="dissuadé")),
                ("treated", models.BooleanField(default=False, verbose_name="traité")),
                (
                    "listener",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écoutant",
                    ),
                ),
            ],
            options={
                "verbose_name": "appel",
                "indexes": [
                    models.Index(fields=["organisation", "arrived_at"], name="call_by_hour"),
                    models.Index(fields=["caller"], name="call_again"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("listener__isnull", True),
                                ("treated", False),
                            ),
                            models.Q(("answered_at__isnull", False), ("listener__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dissuaded", False), ("answered_at__isnull", True), _connector="OR"
                        ),
                        name="call_dissuaded_is_not_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_at__gte", models.F("arrived_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_at__gte", models.F("arrived_at")),
                                _connector="OR",
                            ),
                        ),
                        name="call_goes_forward",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="OpenLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ouverte le"),
                ),
            ],
            options={
                "verbose_name": "ligne",
            },
        ),
        QuickCreateModel(
            name="CallBack",
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
                    "number",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", verbose_name="numéro"
                    ),
                ),
                (
                    "care",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", verbose_name="avant d’appeler"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("cut", "La communication a été coupée"),
                            ("asked", "La personne l’a demandé"),
                            ("later", "Elle ne pouvait pas parler"),
                            ("follow", "Une suite a été promise"),
                        ],
                        max_length=10,
                        verbose_name="motif",
                    ),
                ),
                ("safe_from", models.DateTimeField(verbose_name="sûr de")),
                ("safe_until", models.DateTimeField(verbose_name="sûr jusqu’à")),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_do", "À faire"),
                            ("reached", "Fait"),
                            ("given_up", "Abandonné"),
                        ],
                        default="to_do",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fini le")),
            ],
            options={
                "verbose_name": "rappel à faire",
                "verbose_name_plural": "rappels à faire",
                "ordering": ("safe_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("safe_until__gt", models.F("safe_from"))),
                        name="call_back_safe_hour_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("state", "to_do")),
                            models.Q(
                                models.Q(("state", "to_do"), _negated=True),
                                ("done_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_done_says_when",
                    ),
                ],
            },
        ),
    ]
