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
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("concerns", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Contact",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Appel"),
                            ("chat", "Conversation"),
                            ("form", "Formulaire"),
                        ],
                        max_length=5,
                        verbose_name="voie",
                    ),
                ),
                (
                    "listener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écoutant",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Ouverte"),
                            ("listened", "En écoute"),
                            ("advised", "Conseil donné"),
                            ("concern_drafted", "Information préoccupante"),
                            ("emergency_transferred", "Secours prévenus"),
                            ("abandoned", "Contact interrompu"),
                            ("closed", "Close"),
                        ],
                        default="opened",
                        max_length=25,
                        verbose_name="état",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("entered", "entrant"),
                            ("sorted", "pré-traité"),
                            ("abandoned", "abandonné"),
                            ("dissuaded", "dissuadé"),
                            ("concern", "traité : information préoccupante"),
                            ("help", "traité : aide immédiate"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="suite",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                ("updated_at", models.DateTimeField(verbose_name="enregistrée le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "conversation",
                    models.UUIDField(
                        blank=True, null=True, unique=True, verbose_name="conversation"
                    ),
                ),
                (
                    "form_version",
                    models.PositiveSmallIntegerField(verbose_name="version du formulaire"),
                ),
                (
                    "content",
                    fanal.ground.privacy.sealing.fields.SealedJSONField(
                        anchor="ref", default=dict, verbose_name="contenu", waits=True
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="mots de la nomenclature",
                    ),
                ),
                (
                    "words_version",
                    models.CharField(max_length=12, verbose_name="version de la nomenclature"),
                ),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département"),
                ),
                ("children", models.PositiveSmallIntegerField(default=0, verbose_name="enfants")),
                ("groups", models.PositiveSmallIntegerField(default=0, verbose_name="fratries")),
            ],
            options={
                "verbose_name": "fiche de contact",
                "verbose_name_plural": "fiches de contact",
                "ordering": ("-opened_at", "-pk"),
                "indexes": [
                    models.Index(fields=["organisation", "-opened_at"], name="contact_by_opening"),
                    models.Index(fields=["listener", "state"], name="contact_by_listener"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_closed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("kind", "entered"), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_closed_is_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("groups__lte", models.F("children"))),
                        name="contact_has_no_more_groups_than_children",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Transmission",
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transmissions",
                        to="contacts.contact",
                        verbose_name="fiche",
                    ),
                ),
                ("group", models.PositiveSmallIntegerField(default=1, verbose_name="fratrie")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="préparée le")),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("to_sign", "à relire avant envoi"),
                            ("sent_back", "renvoyée à qui l’a écrite"),
                            ("dropped", "non envoyée"),
                            ("to_review", "partie, à relire après envoi"),
                            ("read", "partie et relue"),
                        ],
                        max_length=10,
                        verbose_name="lecture",
                    ),
                ),
                ("urgent", models.BooleanField(default=False, verbose_name="urgente")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relue par",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="relue le")),
                (
                    "note",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="remarque"
                    ),
                ),
                (
                    "content",
                    fanal.ground.privacy.sealing.fields.SealedJSONField(
                        anchor="ref", default=dict, verbose_name="contenu envoyé", waits=True
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="concerns.submission",
                        verbose_name="envoi",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="en cours depuis le"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="réponse reçue le"),
                ),
            ],
            options={
                "verbose_name": "information préoccupante du 119",
                "verbose_name_plural": "informations préoccupantes du 119",
                "ordering": ("-prepared_at", "-pk"),
                "indexes": [models.Index(fields=["reading"], name="transmission_by_reading")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "group"), name="transmission_group_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reading__in", ("to_review", "read")),
                                ("sent_at__isnull", False),
                                ("submission__isnull", False),
                            ),
                            models.Q(
                                models.Q(("reading__in", ("to_review", "read")), _negated=True),
                                ("sent_at__isnull", True),
                                ("submission__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="transmission_sent_has_its_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reader__isnull", True),
                            models.Q(("reader", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="transmission_read_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading__in", ("to_review", "read")), _negated=True),
                            ("urgent", True),
                            ("reader__isnull", False),
                            _connector="OR",
                        ),
                        name="transmission_that_can_wait_is_read_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reading", "read"), _negated=True),
                            models.Q(("read_at__isnull", False), ("reader__isnull", False)),
                            _connector="OR",
                        ),
                        name="transmission_read_says_by_whom",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="MonthlyCount",
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
                ("month", models.DateField(verbose_name="mois")),
                (
                    "axis",
                    models.CharField(
                        choices=[
                            ("channel", "Voie"),
                            ("kind", "Suite"),
                            ("word", "Mot de la nomenclature"),
                            ("authority", "Information préoccupante envoyée à"),
                            ("answered", "Réponse reçue de"),
                        ],
                        max_length=10,
                        verbose_name="selon",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="valeur")),
                ("contacts", models.PositiveIntegerField(default=0, verbose_name="contacts")),
                ("children", models.PositiveIntegerField(default=0, verbose_name="enfants")),
                ("groups", models.PositiveIntegerField(default=0, verbose_name="fratries")),
            ],
            options={
                "verbose_name": "compte du mois",
                "verbose_name_plural": "comptes du mois",
                "ordering": ("-month", "axis", "value"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "month", "axis", "value"), name="monthly_count_once"
                    )
                ],
            },
        ),
    ]
