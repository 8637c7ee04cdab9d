import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.privacy.sealing.fields
import fanal.helpline.letters.terms
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Letter",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=fanal.helpline.letters.terms.source_choices,
                        default="web",
                        max_length=10,
                        verbose_name="venue par",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("taken", "Prise"),
                            ("answered", "Répondue"),
                            ("closed", "Close"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "writer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("young", "Un enfant, un ou une jeune"),
                            ("parent", "Un parent, un proche"),
                            ("professional", "Un professionnel"),
                        ],
                        max_length=12,
                        verbose_name="qui écrit",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unsafe", "Je ne me sens pas en sécurité"),
                            ("violence", "On me fait du mal"),
                            ("threats", "On me menace ou on me force"),
                            ("outside", "Je ne sais pas où dormir"),
                            ("health", "Ma santé"),
                            ("suicide", "Je pense à mourir"),
                            ("friend", "Je m’inquiète pour quelqu’un"),
                            ("other", "Autre chose"),
                        ],
                        max_length=10,
                        verbose_name="sujet",
                    ),
                ),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département"),
                ),
                (
                    "in_danger",
                    models.BooleanField(
                        default=False, verbose_name="dit être en danger maintenant"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "danger"), (1, "urgent"), (2, "soon"), (3, "usual")],
                        default=3,
                        verbose_name="classe",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="motifs")),
                ("rules", models.CharField(max_length=12, verbose_name="version des règles")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("code", "Ici, avec un code"),
                            ("phone", "Par téléphone"),
                            ("mail", "Par e-mail"),
                        ],
                        default="code",
                        max_length=10,
                        verbose_name="réponse voulue",
                    ),
                ),
                (
                    "contact",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="coordonnées"
                    ),
                ),
                (
                    "safe_when",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="quand appeler sans risque"
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                ("due_at", models.DateTimeField(verbose_name="réponse promise le")),
                ("limit_at", models.DateTimeField(verbose_name="réponse au plus tard le")),
                (
                    "late_told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retard signalé le"),
                ),
                (
                    "limit_told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="grand retard signalé le"
                    ),
                ),
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
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="prise le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="dernier texte")),
            ],
            options={
                "verbose_name": "lettre",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "taken"))),
                        fields=["organisation", "level", "due_at"],
                        name="letter_open_ones",
                    ),
                    models.Index(fields=["received_at"], name="letter_by_arrival"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            models.Q(("listener__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_taken_has_a_listener",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("listener__isnull", True),
                            _connector="OR",
                        ),
                        name="letter_waiting_has_no_listener",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_answered_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_closed_says_when",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="LetterText",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="letters.letter",
                        verbose_name="lettre",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                (
                    "side",
                    models.CharField(
                        choices=[("writer", "La personne"), ("listener", "L’écoutant")],
                        max_length=10,
                        verbose_name="côté",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("code", "Ici, avec un code"),
                            ("phone", "Par téléphone"),
                            ("mail", "Par e-mail"),
                        ],
                        default="code",
                        max_length=10,
                        verbose_name="par",
                    ),
                ),
                (
                    "text",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", verbose_name="texte"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, verbose_name="clé d'envoi")),
                ("at", models.DateTimeField(verbose_name="écrit le")),
            ],
            options={
                "verbose_name": "texte d'une lettre",
                "verbose_name_plural": "textes de lettres",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "key"), name="letter_text_sent_once"),
                    models.UniqueConstraint(
                        fields=("letter", "number"), name="letter_text_in_its_place"
                    ),
                ],
            },
        ),
    ]
