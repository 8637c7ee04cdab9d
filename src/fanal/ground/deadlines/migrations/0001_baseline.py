import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.ground.agents.terms
from fanal.ground.schema.operations import QuickCreateModel

# For an exclusion constraint on a code and a period. The server may have made it already, for
# another owner: going back leaves it there.
EXTENSION = "CREATE EXTENSION IF NOT EXISTS btree_gist;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        migrations.RunSQL(EXTENSION, migrations.RunSQL.noop),
        QuickCreateModel(
            name="DeadlineRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=150, verbose_name="libellé")),
                ("article", models.CharField(max_length=120, verbose_name="article")),
                (
                    "tag",
                    models.CharField(
                        choices=[
                            ("V", "texte en vigueur, lu"),
                            ("V-old", "texte lu dans une version plus ancienne"),
                            ("A", "proposition, sans force légale"),
                            ("M", "à faire vérifier par un juriste"),
                        ],
                        max_length=5,
                        verbose_name="confiance",
                    ),
                ),
                ("start_event", models.CharField(max_length=150, verbose_name="point de départ")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="durée")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("minutes", "minutes"),
                            ("hours", "heures"),
                            ("days", "jours"),
                            ("weeks", "semaines"),
                            ("months", "mois"),
                            ("years", "ans"),
                        ],
                        max_length=10,
                        verbose_name="unité",
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("instant", "d'heure à heure"),
                            ("calendar", "en jours de calendrier"),
                            ("backwards", "à rebours, avant l'événement"),
                        ],
                        max_length=10,
                        verbose_name="décompte",
                    ),
                ),
                (
                    "moves_to_working_day",
                    models.BooleanField(
                        default=False, verbose_name="reporté au premier jour ouvrable"
                    ),
                ),
                (
                    "owner_role",
                    models.CharField(
                        choices=fanal.ground.agents.terms.role_choices,
                        max_length=20,
                        verbose_name="qui veille",
                    ),
                ),
                ("alarms", models.CharField(blank=True, max_length=100, verbose_name="alarmes")),
                ("valid_from", models.DateField(verbose_name="en vigueur depuis le")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur avant le"),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="remarque")),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, verbose_name="empreinte"),
                ),
            ],
            options={
                "verbose_name": "règle de délai",
                "verbose_name_plural": "règles de délai",
                "ordering": ("code", "valid_from"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[)"),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="rule_has_one_version_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="rule_validity_is_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counting", "instant"), ("unit__in", ("minutes", "hours"))),
                            models.Q(
                                models.Q(("counting", "instant"), _negated=True),
                                models.Q(("unit__in", ("minutes", "hours")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rule_instants_are_hours_or_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("moves_to_working_day", False),
                            models.Q(("article__endswith", " CPC"), ("counting", "calendar")),
                            _connector="OR",
                        ),
                        name="rule_moved_belongs_to_the_cpc",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article", ""), _negated=True),
                            models.Q(("label", ""), _negated=True),
                        ),
                        name="rule_has_article_and_label",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="RuleOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_overrides",
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="durée")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("minutes", "minutes"),
                            ("hours", "heures"),
                            ("days", "jours"),
                            ("weeks", "semaines"),
                            ("months", "mois"),
                            ("years", "ans"),
                        ],
                        max_length=10,
                        verbose_name="unité",
                    ),
                ),
                (
                    "alarms",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="alarmes, si elles changent"
                    ),
                ),
                (
                    "article",
                    models.CharField(max_length=120, verbose_name="protocole ou délibération"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("valid_from", models.DateField(verbose_name="en vigueur depuis le")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur avant le"),
                ),
            ],
            options={
                "verbose_name": "délai local",
                "verbose_name_plural": "délais locaux",
                "ordering": ("authority", "code", "valid_from"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("authority", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[)"),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="override_has_one_version_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="override_validity_is_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="override_has_article_and_reason",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Clock",
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
                        related_name="clocks",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="règle")),
                ("rule_snapshot", models.JSONField(verbose_name="règle appliquée")),
                ("subject_kind", models.CharField(max_length=40, verbose_name="nature de l'objet")),
                ("subject_ref", models.UUIDField(verbose_name="objet")),
                ("starts_at", models.DateTimeField(verbose_name="compté à partir du")),
                ("due_on", models.DateField(verbose_name="échéance le")),
                ("due_at", models.DateTimeField(verbose_name="terme")),
                ("why", models.TextField(verbose_name="calcul")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="qui veille",
                    ),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrêté le"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "fait"),
                            ("moot", "devenu sans objet"),
                            ("transferred", "transmis à une autre autorité"),
                            ("expired", "arrivé à son terme"),
                        ],
                        max_length=20,
                        verbose_name="issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "délai",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stopped_at__isnull", True)),
                        fields=["due_at"],
                        name="clock_running_by_due",
                    ),
                    models.Index(fields=["subject_ref"], name="clock_by_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at__isnull", True)),
                        fields=("rule", "subject_ref"),
                        name="clock_runs_once_per_subject_and_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("stopped_at__isnull", True)),
                            models.Q(
                                ("stopped_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clock_stopped_has_an_outcome",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alarms",
                        to="deadlines.clock",
                        verbose_name="délai",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("before", "avant l'échéance"),
                            ("due", "à l'échéance"),
                            ("after", "échéance dépassée"),
                        ],
                        max_length=10,
                        verbose_name="moment",
                    ),
                ),
                (
                    "sounded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="donnée le"),
                ),
            ],
            options={
                "verbose_name": "alarme",
                "indexes": [
                    models.Index(
                        condition=models.Q(("sounded_at__isnull", True)),
                        fields=["at"],
                        name="alarm_awaiting_by_time",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("clock", "at"), name="alarm_once")],
            },
        ),
    ]
