import uuid

import django.db.models.deletion
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
            name="Conversation",
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
                ("key_digest", models.BinaryField(unique=True, verbose_name="empreinte de la clé")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("active", "En cours"),
                            ("ended", "Terminée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="prise le")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminée le"),
                ),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visitor", "La personne"),
                            ("listener", "L’écoutant"),
                            ("system", "Fanal"),
                        ],
                        max_length=10,
                        verbose_name="terminée par",
                    ),
                ),
                (
                    "departement",
                    models.CharField(blank=True, max_length=3, verbose_name="département"),
                ),
                (
                    "minor",
                    models.BooleanField(blank=True, null=True, verbose_name="moins de 18 ans"),
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
                ("visitor_seen_at", models.DateTimeField(verbose_name="personne vue le")),
                (
                    "listener_seen_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="écoutant vu le"),
                ),
                (
                    "listener_lost_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="écoutant perdu le"),
                ),
                (
                    "hand_raised_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="main levée le"),
                ),
                ("last", models.PositiveIntegerField(default=0, verbose_name="dernier message")),
                (
                    "hidden_to",
                    models.PositiveIntegerField(
                        db_default=0, verbose_name="rien n'est montré jusqu'au message"
                    ),
                ),
                (
                    "coded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="code remis le"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="de retour le"),
                ),
                (
                    "asked_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écoutant redemandé",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=["organisation", "state"],
                        name="chat_open_ones",
                    ),
                    models.Index(fields=["organisation", "opened_at"], name="chat_by_opening"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            models.Q(("listener__isnull", False), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="chat_active_has_a_listener",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("listener__isnull", True),
                            _connector="OR",
                        ),
                        name="chat_waiting_has_no_listener",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "ended"),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_at__isnull", True),
                                ("ended_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="chat_ended_says_when_and_by_whom",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="numéro")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("visitor", "La personne"),
                            ("listener", "L’écoutant"),
                            ("system", "Fanal"),
                        ],
                        max_length=10,
                        verbose_name="côté",
                    ),
                ),
                ("text", models.TextField(verbose_name="texte")),
                ("key", models.UUIDField(default=uuid.uuid4, verbose_name="clé d'envoi")),
                ("at", models.DateTimeField(verbose_name="envoyé le")),
            ],
            options={
                "verbose_name": "message",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "key"), name="message_sent_once"
                    ),
                    models.UniqueConstraint(
                        fields=("conversation", "number"), name="message_in_its_place"
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Transfer",
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé à",
                    ),
                ),
                ("summary", models.TextField(verbose_name="résumé")),
                (
                    "agreed",
                    models.CharField(
                        choices=[("yes", "oui"), ("no", "non"), ("not_asked", "pas demandé")],
                        max_length=10,
                        verbose_name="la personne est d'accord",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "demandé"),
                            ("accepted", "accepté"),
                            ("declined", "décliné"),
                            ("withdrawn", "retiré"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondu par",
                    ),
                ),
            ],
            options={
                "verbose_name": "relais",
                "verbose_name_plural": "relais",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("conversation",),
                        name="chat_one_transfer_asked_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to__isnull", True),
                            models.Q(("to", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="chat_transfer_goes_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("answered_by__isnull", False),
                                models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chat_transfer_accepted_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="chat_transfer_says_when_it_was_answered",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coordinateur",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="lit depuis")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="a lu jusqu'à")),
            ],
            options={
                "verbose_name": "lecture d'une conversation par un coordinateur",
                "verbose_name_plural": "lectures de conversations par un coordinateur",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("conversation", "agent"),
                        name="chat_read_along_once_at_a_time",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="ChatHours",
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
                ("day", models.DateField(verbose_name="jour")),
                ("hours", models.CharField(blank=True, max_length=60, verbose_name="horaires")),
                ("reason", models.CharField(max_length=60, verbose_name="motif")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="décidé le")),
            ],
            options={
                "verbose_name": "horaires d'un jour",
                "verbose_name_plural": "horaires d'un jour",
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "day"), name="chat_hours_once_a_day"
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Phrase",
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
                ("root", models.UUIDField(default=uuid.uuid4, verbose_name="phrase")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=80, verbose_name="titre")),
                ("text", models.TextField(verbose_name="texte")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "à relire"),
                            ("reviewed", "relue"),
                            ("retired", "retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relue par",
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="relue le"),
                ),
            ],
            options={
                "verbose_name": "phrase prête",
                "verbose_name_plural": "phrases prêtes",
                "ordering": ("title", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("root", "version"), name="phrase_one_text_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reviewed"), _negated=True),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="phrase_reviewed_by_another",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                ("way", models.CharField(max_length=30, verbose_name="moyen")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposé par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="proposé le")),
            ],
            options={
                "verbose_name": "moyen proposé",
                "verbose_name_plural": "moyens proposés",
                "ordering": ("pk",),
            },
        ),
        QuickCreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écoutant",
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="vu le")),
            ],
            options={
                "verbose_name": "poste d'écoute",
                "verbose_name_plural": "postes d'écoute",
            },
        ),
        QuickCreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="chats.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chats.conversation",
                        verbose_name="par rapport à",
                    ),
                ),
                ("before", models.BooleanField(verbose_name="avant")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("graver", "plus grave que les règles ne le voient"),
                            ("calmer", "moins pressé que les règles ne le voient"),
                            ("soon_gone", "ne pourra plus écrire longtemps"),
                            ("cut", "conversation coupée, à reprendre"),
                            ("asked", "attend une personne précise"),
                            ("other", "autre motif, écrit ci-dessous"),
                        ],
                        max_length=10,
                        verbose_name="motif",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="décidé le")),
            ],
            options={
                "verbose_name": "déplacement dans la file",
                "verbose_name_plural": "déplacements dans la file",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("conversation", models.F("other")), _negated=True),
                        name="chat_move_is_about_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", "other"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="chat_move_for_another_reason_says_it",
                    ),
                ],
            },
        ),
    ]
