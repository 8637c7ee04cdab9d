import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Hold",
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
                        related_name="holds",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("placed_at", models.DateTimeField(verbose_name="posée le")),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posée par",
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="levée par",
                    ),
                ),
                (
                    "lift_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="motif de la levée"),
                ),
            ],
            options={
                "verbose_name": "suspension de conservation",
                "verbose_name_plural": "suspensions de conservation",
                "ordering": ("-placed_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="hold_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(
                                ("lifted_at__gte", models.F("placed_at")),
                                ("lifted_by__isnull", False),
                                models.Q(("lift_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hold_lifted_says_by_whom_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("case_file",),
                        name="hold_runs_once",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Archived",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archived",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="versé le")),
                ("rule", models.CharField(max_length=40, verbose_name="règle")),
            ],
            options={
                "verbose_name": "versement en archive intermédiaire",
                "verbose_name_plural": "versements en archive intermédiaire",
            },
        ),
        QuickCreateModel(
            name="Erasure",
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
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="ligne"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("thing", models.CharField(max_length=60, verbose_name="objet")),
                ("thing_ref", models.UUIDField(verbose_name="référence de l'objet")),
                ("rule", models.CharField(max_length=40, verbose_name="règle")),
                (
                    "then",
                    models.CharField(
                        choices=[
                            ("erase", "effacer"),
                            ("archive", "verser en archive intermédiaire"),
                            ("pseudonymise", "pseudonymiser"),
                            ("propose", "proposer au service d’archives"),
                        ],
                        max_length=15,
                        verbose_name="sort",
                    ),
                ),
                (
                    "authority_code",
                    models.CharField(blank=True, max_length=5, verbose_name="autorité"),
                ),
            ],
            options={
                "verbose_name": "effacement",
                "ordering": ("-at", "-pk"),
                "indexes": [
                    models.Index(fields=["authority_code", "-at"], name="erasure_by_authority")
                ],
            },
        ),
        QuickCreateModel(
            name="KeptCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thing", models.CharField(max_length=60, verbose_name="objet")),
                (
                    "authority_code",
                    models.CharField(blank=True, max_length=5, verbose_name="autorité"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "then",
                    models.CharField(
                        choices=[
                            ("erase", "effacer"),
                            ("archive", "verser en archive intermédiaire"),
                            ("pseudonymise", "pseudonymiser"),
                            ("propose", "proposer au service d’archives"),
                        ],
                        max_length=15,
                        verbose_name="sort",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre")),
            ],
            options={
                "verbose_name": "compte gardé",
                "verbose_name_plural": "comptes gardés",
                "ordering": ("-year", "thing"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("thing", "authority_code", "year", "then"), name="kept_count_once"
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="RetentionRun",
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
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "authority_code",
                    models.CharField(blank=True, max_length=5, verbose_name="autorité"),
                ),
                ("done", models.JSONField(default=dict, verbose_name="comptes")),
                ("held", models.PositiveIntegerField(default=0, verbose_name="suspendus")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="en échec")),
            ],
            options={
                "verbose_name": "passage de la conservation",
                "verbose_name_plural": "passages de la conservation",
                "ordering": ("-at", "-pk"),
            },
        ),
    ]
