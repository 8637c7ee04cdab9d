import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.helpline.shifts.terms
from fanal.ground.schema.operations import QuickCreateModel

# Two ranges of one person never share an instant. A range of one number stands for the person, so
# that the index needs no extension.
ONCE = """
ALTER TABLE shifts_shift ADD CONSTRAINT shift_nobody_has_two_at_once
    EXCLUDE USING gist (int8range(agent_id, agent_id, '[]') WITH &&,
                        tstzrange(starts_at, ends_at) WITH &&);
"""
NOT_ONCE = "ALTER TABLE shifts_shift DROP CONSTRAINT shift_nobody_has_two_at_once;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Shift",
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
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("call", "Téléphone"),
                            ("chat", "Tchat"),
                            ("form", "Formulaire"),
                            ("on_call", "Astreinte"),
                        ],
                        max_length=10,
                        verbose_name="poste",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(verbose_name="fin")),
                (
                    "reach",
                    models.CharField(blank=True, max_length=120, verbose_name="comment joindre"),
                ),
            ],
            options={
                "verbose_name": "tour de planning",
                "verbose_name_plural": "tours de planning",
                "ordering": ("starts_at", "pk"),
                "indexes": [
                    models.Index(fields=["organisation", "starts_at"], name="shift_by_week")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shift_ends_after_it_starts",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="RosterChange",
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("put", "Ajout"),
                            ("change", "Modification"),
                            ("remove", "Retrait"),
                            ("copy", "Copie de la semaine d’avant"),
                        ],
                        max_length=10,
                        verbose_name="geste",
                    ),
                ),
                ("added", models.JSONField(default=list, verbose_name="ajoutés")),
                ("removed", models.JSONField(default=list, verbose_name="retirés")),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulé le"),
                ),
            ],
            options={
                "verbose_name": "changement du planning",
                "verbose_name_plural": "changements du planning",
            },
        ),
        QuickCreateModel(
            name="Presence",
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
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("on", "En poste"), ("pause", "En pause")],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="depuis")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’à")),
            ],
            options={
                "verbose_name": "présence",
                "ordering": ("since", "pk"),
                "indexes": [models.Index(fields=["agent", "since"], name="presence_by_agent")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("agent",),
                        name="presence_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="presence_ends_after_it_starts",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="HardContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hard",
                        to="shifts.presence",
                        verbose_name="présence",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "channel",
                    models.CharField(
                        choices=fanal.helpline.shifts.terms.channel_choices,
                        max_length=10,
                        verbose_name="voie",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[("word", "dit par qui écoute"), ("danger", "classe danger")],
                        max_length=10,
                        verbose_name="motif",
                    ),
                ),
                ("contact", models.UUIDField(blank=True, null=True, verbose_name="contact")),
            ],
            options={
                "verbose_name": "contact difficile",
                "verbose_name_plural": "contacts difficiles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("presence", "contact"), name="hard_contact_counts_once"
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Debrief",
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
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="debriefs",
                        to="shifts.presence",
                        verbose_name="présence",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                ("slot_at", models.DateTimeField(blank=True, null=True, verbose_name="prévu le")),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="avec",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fait le")),
            ],
            options={
                "verbose_name": "temps de reprise",
                "verbose_name_plural": "temps de reprise",
                "ordering": ("asked_at", "pk"),
            },
        ),
        migrations.RunSQL(ONCE, NOT_ONCE),
    ]
