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
            name="Question",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("answered", "Répondue"),
                            ("danger", "Danger : passée à l’écoute"),
                            ("set_aside", "Écartée"),
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
                            ("relative", "Un parent, un proche"),
                        ],
                        max_length=10,
                        verbose_name="qui demande",
                    ),
                ),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département"),
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
                (
                    "text",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", verbose_name="question"
                    ),
                ),
                (
                    "answer",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="réponse"
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="traitée par",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="traitée le"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
            ],
            options={
                "verbose_name": "question",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["organisation", "level", "received_at"],
                        name="question_waiting_ones",
                    ),
                    models.Index(fields=["received_at"], name="question_by_arrival"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_settled_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="question_answered_says_when",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="PublicAnswer",
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
                ("about", models.UUIDField(db_index=True, verbose_name="question d'origine")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "À relire"),
                            ("published", "Publié"),
                            ("withdrawn", "Retiré"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="titre")),
                ("question", models.TextField(verbose_name="question réécrite")),
                ("answer", models.TextField(verbose_name="réponse réécrite")),
                ("words", models.TextField(verbose_name="mots cherchés")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="réécrit par",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="réécrit le")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relu par",
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="relu le"),
                ),
            ],
            options={
                "verbose_name": "échange publié",
                "verbose_name_plural": "échanges publiés",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="entry_published_was_read_by_another",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="PublishedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(verbose_name="référence")),
                ("title", models.CharField(max_length=100, verbose_name="titre")),
                ("question", models.TextField(verbose_name="question réécrite")),
                ("answer", models.TextField(verbose_name="réponse réécrite")),
                ("words", models.TextField(verbose_name="mots cherchés")),
                ("reviewed_at", models.DateTimeField(verbose_name="relu le")),
            ],
            options={
                "verbose_name": "réponse publiée",
                "verbose_name_plural": "réponses publiées",
                "db_table": "exchange_published",
                "managed": False,
            },
        ),
    ]
