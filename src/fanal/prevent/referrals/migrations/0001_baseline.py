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
        ("spaces", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Participation",
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
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="spaces.service",
                        verbose_name="lieu",
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
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                ("paused", models.BooleanField(default=False, verbose_name="en pause")),
                (
                    "welcome",
                    models.CharField(
                        blank=True, max_length=400, verbose_name="ce qui se passe à l'arrivée"
                    ),
                ),
            ],
            options={
                "verbose_name": "lieu qui reçoit",
                "verbose_name_plural": "lieux qui reçoivent",
            },
        ),
        QuickCreateModel(
            name="Opening",
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
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="referrals.participation",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Lundi"),
                            (1, "Mardi"),
                            (2, "Mercredi"),
                            (3, "Jeudi"),
                            (4, "Vendredi"),
                            (5, "Samedi"),
                            (6, "Dimanche"),
                        ],
                        null=True,
                        verbose_name="chaque",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="le")),
                ("starts", models.TimeField(verbose_name="de")),
                ("ends", models.TimeField(verbose_name="à")),
                ("walk_in", models.BooleanField(default=False, verbose_name="sans rendez-vous")),
                ("seats", models.PositiveSmallIntegerField(default=1, verbose_name="places")),
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
            ],
            options={
                "verbose_name": "créneau",
                "verbose_name_plural": "créneaux",
                "ordering": ("weekday", "day", "starts", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", False), ("weekday__isnull", True)),
                            models.Q(
                                ("day__isnull", True),
                                ("weekday__isnull", False),
                                ("weekday__lte", 6),
                            ),
                            _connector="OR",
                        ),
                        name="opening_each_week_or_one_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="opening_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seats", 0), ("walk_in", True)),
                            models.Q(("seats__gte", 1), ("seats__lte", 30), ("walk_in", False)),
                            _connector="OR",
                        ),
                        name="opening_has_seats",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="ClosedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_days",
                        to="referrals.participation",
                        verbose_name="lieu",
                    ),
                ),
                ("day", models.DateField(verbose_name="fermé le")),
            ],
            options={
                "verbose_name": "jour fermé",
                "verbose_name_plural": "jours fermés",
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "day"), name="closed_day_said_once"
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Booking",
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
                ("sent", models.UUIDField(unique=True, verbose_name="clé d'envoi")),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="referrals.participation",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="referrals.opening",
                        verbose_name="créneau",
                    ),
                ),
                ("day", models.DateField(verbose_name="jour")),
                (
                    "seat",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro à dire")),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("me", "Pour moi"),
                            ("child", "Pour mon enfant"),
                            ("somebody", "Pour quelqu’un d’autre"),
                        ],
                        max_length=10,
                        verbose_name="pour qui",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "Parler à quelqu’un"),
                            ("hurt", "On fait du mal à quelqu’un"),
                            ("health", "Une question de santé"),
                            ("rights", "Connaître ses droits"),
                            ("family", "Être aidé comme parent ou proche"),
                        ],
                        max_length=10,
                        verbose_name="pour quoi",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "Attendu·e"),
                            ("seen", "Vu·e"),
                            ("absent", "N’est pas venu·e"),
                            ("impossible", "N’a pas pu être reçu·e"),
                            ("cancelled", "Annulé par la personne"),
                        ],
                        default="expected",
                        max_length=12,
                        verbose_name="suite",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "Nous étions fermés à cette heure"),
                            ("nobody", "Personne n’était là pour recevoir"),
                            ("full", "Trop de monde ce jour-là"),
                            ("not_ours", "Ce n’est pas ce que nous faisons"),
                            ("other", "Une autre raison"),
                        ],
                        max_length=10,
                        verbose_name="motif du lieu",
                    ),
                ),
                (
                    "elsewhere",
                    models.UUIDField(blank=True, null=True, verbose_name="autre lieu proposé"),
                ),
                (
                    "note",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="mot écrit avec la personne"
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="orienté par",
                    ),
                ),
                ("booked_at", models.DateTimeField(verbose_name="pris le")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="suite dite le"),
                ),
                (
                    "reminded",
                    models.PositiveSmallIntegerField(default=0, verbose_name="rappels au lieu"),
                ),
            ],
            options={
                "verbose_name": "rendez-vous sans nom",
                "verbose_name_plural": "rendez-vous sans nom",
                "indexes": [
                    models.Index(fields=["participation", "day"], name="booking_by_day"),
                    models.Index(fields=["referred_by", "day"], name="booking_by_who_referred"),
                    models.Index(fields=["booked_at"], name="booking_by_arrival"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("opening", "day", "seat"),
                        name="booking_one_in_a_seat",
                    ),
                    models.UniqueConstraint(
                        fields=("participation", "number"), name="booking_number_once_at_a_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opening__isnull", True),
                                ("referred_by__isnull", False),
                                ("seat__isnull", True),
                            ),
                            models.Q(("opening__isnull", False), ("seat__gte", 1)),
                            _connector="OR",
                        ),
                        name="booking_sits_in_its_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("expected", "cancelled")),
                            ("settled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="booking_settled_says_when",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.participation",
                        verbose_name="lieu",
                    ),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                ("month", models.DateField(verbose_name="mois")),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("me", "Pour moi"),
                            ("child", "Pour mon enfant"),
                            ("somebody", "Pour quelqu’un d’autre"),
                        ],
                        max_length=10,
                        verbose_name="pour qui",
                    ),
                ),
                ("seen", models.PositiveIntegerField(verbose_name="personnes vues")),
            ],
            options={
                "verbose_name": "personnes reçues",
                "verbose_name_plural": "personnes reçues",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participation", "departement", "month", "audience"),
                        name="reach_once",
                    )
                ],
            },
        ),
    ]
