import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fanal.detect.concerns.terms
import fanal.ground.privacy.sealing.fields
from fanal.ground.schema.operations import QuickCreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("agents", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Submission",
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
                    "receipt",
                    models.CharField(
                        max_length=20, unique=True, verbose_name="accusé de réception"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agents.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                (
                    "external_ref",
                    models.CharField(blank=True, max_length=200, verbose_name="référence externe"),
                ),
                (
                    "content_digest",
                    models.CharField(max_length=64, verbose_name="empreinte du contenu"),
                ),
                (
                    "match_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        size=None,
                        verbose_name="clés de rapprochement",
                    ),
                ),
                ("initials", models.CharField(max_length=20, verbose_name="initiales")),
                ("sent_at", models.DateTimeField(verbose_name="transmise le")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "reçue"),
                            ("in_progress", "en cours"),
                            ("outcome_given", "réponse donnée"),
                        ],
                        default="received",
                        max_length=15,
                        verbose_name="état",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="état depuis le")),
            ],
            options={
                "verbose_name": "envoi",
                "indexes": [
                    models.Index(
                        fields=["organisation", "-sent_at"], name="submission_by_organisation"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["match_keys"], name="submission_by_match_keys"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_ref", ""), _negated=True),
                        fields=("organisation", "external_ref"),
                        name="submission_external_ref_once",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Draft",
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
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agents.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "content",
                    fanal.ground.privacy.sealing.fields.SealedJSONField(
                        anchor="ref", default=dict, verbose_name="contenu", waits=True
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="commencé le")),
                ("updated_at", models.DateTimeField(verbose_name="enregistré le")),
            ],
            options={
                "verbose_name": "brouillon",
                "ordering": ("-updated_at",),
            },
        ),
        QuickCreateModel(
            name="Concern",
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
                        related_name="concerns",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="concerns.submission",
                        verbose_name="envoi",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="concerns.concern",
                        verbose_name="information d'origine",
                    ),
                ),
                ("receipt", models.CharField(max_length=20, verbose_name="numéro")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.childwelfareauthority",
                        verbose_name="autorité",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=fanal.detect.concerns.terms.author_kind_choices,
                        max_length=15,
                        verbose_name="source",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                ("facts", models.TextField(verbose_name="faits rapportés")),
                ("immediate_danger", models.BooleanField(verbose_name="danger immédiat")),
                (
                    "missing_now",
                    models.BooleanField(verbose_name="mineur introuvable en ce moment"),
                ),
                ("child_informed", models.BooleanField(verbose_name="le mineur est informé")),
                ("parents_informed", models.BooleanField(verbose_name="les parents sont informés")),
                (
                    "parents_reason",
                    models.TextField(
                        blank=True, verbose_name="motif de ne pas informer les parents"
                    ),
                ),
                (
                    "exploitation",
                    models.CharField(
                        choices=[
                            ("none", "non évoquée"),
                            ("suspected", "exploitation sexuelle suspectée"),
                            ("confirmed", "exploitation sexuelle confirmée"),
                        ],
                        max_length=10,
                        verbose_name="exploitation",
                    ),
                ),
                (
                    "indicators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                        verbose_name="signes observés",
                    ),
                ),
                (
                    "grid_version",
                    models.CharField(blank=True, max_length=20, verbose_name="grille"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "reçue"),
                            ("first_analysis", "en première analyse"),
                            ("not_a_concern", "n'est pas une information préoccupante"),
                            ("transferred", "transmise à une autre autorité"),
                            ("joined", "jointe à un dossier ouvert"),
                            ("under_evaluation", "en évaluation"),
                            ("evaluated", "évaluée, à décider"),
                            ("decided", "décidée, à notifier"),
                            ("notified", "notifiée"),
                            ("closed", "clôturée"),
                        ],
                        default="received",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ouverte le"),
                ),
                ("evaluation_due", models.DateField(verbose_name="évaluation due le")),
                ("target_due_at", models.DateTimeField(verbose_name="objectif le")),
                (
                    "proposed",
                    models.CharField(blank=True, max_length=25, verbose_name="décision proposée"),
                ),
                ("proposed_reason", models.TextField(blank=True, verbose_name="motif proposé")),
                (
                    "proposed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="proposée le"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposée par",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_further_action", "Classement sans suite"),
                            ("common_law_referral", "Orientation vers un service de droit commun"),
                            (
                                "admin_measure",
                                "Mesure administrative, avec l'accord écrit des parents",
                            ),
                            ("report_to_prosecutor", "Signalement au procureur"),
                        ],
                        max_length=25,
                        verbose_name="décision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="motif de la décision")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="décidée le"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="seconde signature",
                    ),
                ),
                (
                    "transferred_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.childwelfareauthority",
                        verbose_name="transmise à",
                    ),
                ),
                (
                    "notified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="notifiée le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clôturée le"),
                ),
            ],
            options={
                "verbose_name": "information préoccupante",
                "verbose_name_plural": "informations préoccupantes",
                "indexes": [
                    models.Index(
                        fields=["authority", "status", "target_due_at"], name="concern_by_clock"
                    ),
                    models.Index(fields=["authority", "-received_at"], name="concern_by_reception"),
                    models.Index(fields=["case_file"], name="concern_by_case_file"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parents_informed", True),
                            models.Q(("parents_reason", ""), _negated=True),
                            ("status", "transferred"),
                            _connector="OR",
                        ),
                        name="concern_parents_not_informed_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "no_further_action"), _negated=True),
                            models.Q(
                                ("signed_by__isnull", False),
                                models.Q(("signed_by", models.F("decided_by")), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="concern_no_further_action_is_signed_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_a_concern"), _negated=True),
                            ("exploitation", "none"),
                            models.Q(
                                ("signed_by__isnull", False),
                                models.Q(("signed_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="concern_exploitation_is_not_set_aside_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("decided", "notified", "closed")), _negated=True
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="concern_decided_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "transferred"), _negated=True),
                            ("transferred_to__isnull", False),
                            _connector="OR",
                        ),
                        name="concern_transferred_says_where",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="Informant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informant",
                        to="concerns.concern",
                        verbose_name="information",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=fanal.detect.concerns.terms.author_kind_choices,
                        max_length=15,
                        verbose_name="qualité",
                    ),
                ),
                (
                    "name",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="concern", verbose_name="nom"
                    ),
                ),
                (
                    "function",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="concern", blank=True, verbose_name="fonction"
                    ),
                ),
                (
                    "contact",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="concern", verbose_name="coordonnées"
                    ),
                ),
            ],
            options={
                "verbose_name": "auteur de l'information",
                "verbose_name_plural": "auteurs des informations",
            },
        ),
        QuickCreateModel(
            name="OtherMinor",
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
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="other_minors",
                        to="concerns.concern",
                        verbose_name="information",
                    ),
                ),
                (
                    "given_names",
                    models.CharField(blank=True, max_length=200, verbose_name="prénoms"),
                ),
                ("family_name", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                (
                    "birth_date",
                    models.DateField(blank=True, null=True, verbose_name="date de naissance"),
                ),
                (
                    "birth_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "date connue"), ("age", "âge estimé")],
                        max_length=5,
                        verbose_name="précision",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("F", "fille"),
                            ("M", "garçon"),
                            ("X", "autre"),
                            ("unknown", "non précisé"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="sexe",
                    ),
                ),
                ("tie", models.CharField(blank=True, max_length=200, verbose_name="lien")),
                (
                    "findings",
                    models.TextField(blank=True, verbose_name="ce que l'évaluation en dit"),
                ),
                (
                    "opened",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened_for",
                        to="concerns.concern",
                        verbose_name="information ouverte",
                    ),
                ),
            ],
            options={
                "verbose_name": "autre mineur du foyer",
                "verbose_name_plural": "autres mineurs du foyer",
                "ordering": ("id",),
            },
        ),
        QuickCreateModel(
            name="Addition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="concerns.concern",
                        verbose_name="information",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("complement", "complément"), ("withdrawal", "retrait demandé")],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("text", models.TextField(verbose_name="texte")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
            ],
            options={
                "verbose_name": "ajout de l'auteur",
                "verbose_name_plural": "ajouts de l'auteur",
                "ordering": ("at",),
            },
        ),
        QuickCreateModel(
            name="ConcernStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="concerns.concern",
                        verbose_name="information",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("received", "Information préoccupante reçue"),
                            ("opened", "Première analyse commencée"),
                            ("completed", "Complétée par son auteur"),
                            ("withdrawn", "Retrait demandé par son auteur"),
                            ("evaluate", "Évaluation ouverte"),
                            ("join", "Jointe à un dossier ouvert"),
                            ("proposed", "Décision proposée à une seconde signature"),
                            ("sent_back", "Proposition renvoyée par le second signataire"),
                            ("not_a_concern", "Qualifiée : n'est pas une information préoccupante"),
                            ("transferred", "Transmise à une autre autorité"),
                            ("reported", "Signalement adressé au procureur"),
                            ("visited", "Visite"),
                            ("evaluated", "Évaluation remise"),
                            ("decided", "Décision prise"),
                            ("notified", "Décision notifiée"),
                            ("closed", "Information préoccupante clôturée"),
                            ("sibling", "Information ouverte pour un autre mineur du foyer"),
                        ],
                        max_length=15,
                        verbose_name="étape",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="précision")),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ("at", "id"),
                "indexes": [models.Index(fields=["case_file", "at"], name="step_by_case_file")],
            },
        ),
        QuickCreateModel(
            name="Evaluation",
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
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "concern",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="concerns.concern",
                        verbose_name="information",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="évaluateur responsable",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="ouverte le")),
                ("updated_at", models.DateTimeField(verbose_name="enregistrée le")),
                (
                    "minor_met",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="le mineur a été rencontré"
                    ),
                ),
                (
                    "minor_not_met_reason",
                    models.TextField(blank=True, verbose_name="pourquoi il n'a pas pu l'être"),
                ),
                ("minor_opinion", models.TextField(blank=True, verbose_name="avis du mineur")),
                ("parents_opinion", models.TextField(blank=True, verbose_name="avis des parents")),
                (
                    "understanding",
                    models.TextField(
                        blank=True, verbose_name="compréhension de la situation par chacun"
                    ),
                ),
                ("resources", models.TextField(blank=True, verbose_name="ressources et appuis")),
                (
                    "health_and_school",
                    fanal.ground.privacy.sealing.fields.SealedTextField(
                        anchor="ref", blank=True, verbose_name="santé, scolarité, développement"
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Pas de danger repéré"),
                            ("risk", "Risque de danger"),
                            ("danger", "Danger"),
                            ("immediate", "Danger grave et immédiat"),
                        ],
                        max_length=10,
                        verbose_name="qualification du danger",
                    ),
                ),
                (
                    "danger_grounds",
                    models.TextField(blank=True, verbose_name="ce qui fonde cette qualification"),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_further_action", "Classement sans suite"),
                            ("common_law_referral", "Orientation vers un service de droit commun"),
                            (
                                "admin_measure",
                                "Mesure administrative, avec l'accord écrit des parents",
                            ),
                            ("report_to_prosecutor", "Signalement au procureur"),
                        ],
                        max_length=25,
                        verbose_name="proposition",
                    ),
                ),
                (
                    "proposal_grounds",
                    models.TextField(blank=True, verbose_name="motifs de la proposition"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remise le"),
                ),
            ],
            options={
                "verbose_name": "évaluation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", True),
                            models.Q(
                                models.Q(("danger", ""), _negated=True),
                                models.Q(("proposal", ""), _negated=True),
                                ("minor_met__isnull", False),
                                models.Q(
                                    ("minor_met", True),
                                    models.Q(("minor_not_met_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_submitted_is_complete",
                    )
                ],
            },
        ),
        QuickCreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="concerns.evaluation",
                        verbose_name="évaluation",
                    ),
                ),
                ("on", models.DateField(verbose_name="le")),
                ("place", models.CharField(max_length=150, verbose_name="lieu")),
                ("met", models.CharField(max_length=300, verbose_name="personnes rencontrées")),
                ("observations", models.TextField(blank=True, verbose_name="constats")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "visite",
                "ordering": ("on", "id"),
            },
        ),
    ]
