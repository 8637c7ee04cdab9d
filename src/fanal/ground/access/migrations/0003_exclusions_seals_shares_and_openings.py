import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_row_security"),
        ("territory", "0001_authorities_courts_and_communes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("excluded", "Personne écartée"),
                            ("exclusion_lifted", "Mise à l'écart levée"),
                            ("sealed", "Mis sous scellé"),
                            ("unsealed", "Scellé levé"),
                            ("shared", "Partagé"),
                            ("share_withdrawn", "Partage retiré"),
                            ("glass_broken", "Ouvert en urgence"),
                        ],
                        max_length=20,
                        verbose_name="acte",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "décision d'accès",
                "verbose_name_plural": "décisions d'accès",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="BreakGlass",
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
                ("file_ref", models.UUIDField(verbose_name="référence du dossier")),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("danger", models.CharField(max_length=500, verbose_name="danger")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("ends_at", models.DateTimeField(verbose_name="refermé le")),
                ("review_due_at", models.DateTimeField(verbose_name="à examiner avant le")),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="examiné le"),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justifié"), ("not_justified", "Non justifié")],
                        max_length=15,
                        verbose_name="conclusion",
                    ),
                ),
                (
                    "review_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="motif de la conclusion"
                    ),
                ),
            ],
            options={
                "verbose_name": "accès d'urgence",
                "verbose_name_plural": "accès d'urgence",
            },
        ),
        migrations.CreateModel(
            name="DisclosureRecord",
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
                ("file_ref", models.UUIDField(verbose_name="référence du dossier")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            (
                                "protection",
                                "Secret partagé en protection de l'enfance (art. L226-2-2 CASF)",
                            ),
                            ("care", "Équipe de soins (art. L1110-4 du code de la santé publique)"),
                            ("shelter", "Mise à l'abri en urgence (art. L223-2 CASF)"),
                            ("justice", "Autorité judiciaire (art. L226-4 CASF)"),
                        ],
                        max_length=12,
                        verbose_name="fondement",
                    ),
                ),
                ("purpose", models.CharField(max_length=300, verbose_name="finalité")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Identité"),
                                ("contact", "Coordonnées de l'enfant et de ses parents"),
                                ("narrative", "Résumé de la situation"),
                                ("health", "Santé"),
                                ("judicial", "Suites judiciaires"),
                                ("location", "Lieu d'accueil"),
                                ("informant", "Identité de la personne qui a alerté"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="données partagées",
                    ),
                ),
                ("package", models.JSONField(verbose_name="contenu")),
                ("informed_parents", models.BooleanField(verbose_name="parents informés")),
                ("informed_child", models.BooleanField(verbose_name="enfant informé")),
                (
                    "exemption_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="motif de non-information"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("expires_at", models.DateTimeField(verbose_name="jusqu'au")),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reçu le"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rendu le"),
                ),
                ("reply", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
            ],
            options={
                "verbose_name": "partage",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="casefile",
            name="seal_yields",
            field=models.BooleanField(default=False, verbose_name="s'ouvre en urgence"),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("relative", "Proche de l'enfant ou de sa famille"),
                    ("own_child", "Son propre enfant"),
                    ("suspect", "Mis en cause"),
                    ("other", "Autre conflit d'intérêts"),
                ],
                default="other",
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="ref",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, null=True, verbose_name="référence"
            ),
        ),
        migrations.RunSQL(
            "UPDATE access_exclusion SET ref = gen_random_uuid();", migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name="exclusion",
            name="ref",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
            ),
        ),
        migrations.AlterField(
            model_name="grant",
            name="capacity",
            field=models.CharField(
                choices=[
                    ("evaluator", "chargé de l'évaluation"),
                    ("referent", "référent"),
                    ("stand_in", "remplaçant"),
                    ("seal_keeper", "gardien du scellé"),
                    ("break_glass", "accès d'urgence"),
                ],
                max_length=20,
                verbose_name="qualité",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed_at__isnull", False), ("seal_yields", False), _connector="OR"
                ),
                name="casefile_yields_under_seal_alone",
            ),
        ),
        migrations.AddField(
            model_name="accessstep",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="concerne",
            ),
        ),
        migrations.AddField(
            model_name="accessstep",
            name="agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="par",
            ),
        ),
        migrations.AddField(
            model_name="accessstep",
            name="case_file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="access_steps",
                to="access.casefile",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to=settings.AUTH_USER_MODEL,
                verbose_name="agent",
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="territory.childwelfareauthority",
                verbose_name="autorité",
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="case_file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="access.casefile",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="examiné par",
            ),
        ),
        migrations.AddField(
            model_name="disclosurerecord",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="territory.childwelfareauthority",
                verbose_name="autorité",
            ),
        ),
        migrations.AddField(
            model_name="disclosurerecord",
            name="case_file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disclosures",
                to="access.casefile",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            model_name="disclosurerecord",
            name="shared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="partagé par",
            ),
        ),
        migrations.AddField(
            model_name="disclosurerecord",
            name="shared_with",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disclosures",
                to=settings.AUTH_USER_MODEL,
                verbose_name="partagé avec",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="accessstep_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="breakglass",
            index=models.Index(fields=["authority", "reviewed_at"], name="breakglass_by_review"),
        ),
        migrations.AddIndex(
            model_name="breakglass",
            index=models.Index(fields=["agent"], name="breakglass_by_agent"),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("danger", ""), _negated=True)
                ),
                name="breakglass_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("opened_at"))),
                name="breakglass_closes_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reviewed_at__isnull", True),
                        ("reviewed_by__isnull", True),
                        ("verdict", ""),
                    ),
                    models.Q(
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                        models.Q(("verdict", ""), _negated=True),
                        models.Q(("review_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="breakglass_review_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True),
                    models.Q(("reviewed_by", models.F("agent")), _negated=True),
                    _connector="OR",
                ),
                name="breakglass_is_reviewed_by_somebody_else",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosurerecord",
            index=models.Index(fields=["shared_with", "-at"], name="disclosure_by_receiver"),
        ),
        migrations.AddConstraint(
            model_name="disclosurerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("at"))),
                name="disclosure_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("shared_with", models.F("shared_by")), _negated=True),
                name="disclosure_is_to_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosurerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("informed_child", True), ("informed_parents", True)),
                    models.Q(("exemption_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="disclosure_informs_or_says_why_not",
            ),
        ),
    ]
