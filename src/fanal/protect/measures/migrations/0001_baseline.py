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
        ("situations", "0001_baseline"),
        ("territory", "0001_baseline"),
    ]

    operations = [
        QuickCreateModel(
            name="Measure",
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
                        related_name="measures",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="situations.situation",
                        verbose_name="situation",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("aed", "Action éducative à domicile (AED)"),
                            ("aesf", "Accompagnement en économie sociale et familiale (AESF)"),
                            ("tisf", "Intervention à domicile (TISF)"),
                            ("accueil_provisoire", "Accueil provisoire"),
                            ("accueil_de_jour", "Accueil de jour"),
                            ("aemo", "Action éducative en milieu ouvert (AEMO)"),
                            ("aemo_renforcee", "AEMO renforcée ou intensifiée"),
                            ("aemo_hebergement", "AEMO avec hébergement"),
                            ("placement_ase", "Placement à l'aide sociale à l'enfance"),
                            ("placement_direct", "Placement direct dans un service"),
                            ("autre_parent", "Remise à l'autre parent"),
                            ("tdc", "Tiers digne de confiance"),
                            ("mjie", "Investigation éducative (MJIE)"),
                            ("mjagbf", "Aide à la gestion du budget familial (MJAGBF)"),
                            ("sejour_de_rupture", "Séjour de rupture"),
                            ("eloignement_reseau", "Hébergement éloigné du réseau"),
                        ],
                        max_length=20,
                        verbose_name="mesure",
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("administrative", "Administrative, avec l'accord de la famille"),
                            ("judicial", "Judiciaire, décidée par le juge des enfants"),
                        ],
                        max_length=15,
                        verbose_name="nature",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "demandée"),
                            ("provisional", "provisoire"),
                            ("investigation", "investigation en cours"),
                            ("hearing_set", "audience fixée"),
                            ("decided", "décidée, à mettre en œuvre"),
                            ("in_force", "en vigueur"),
                            ("renewed", "renouvelée"),
                            ("modified", "modifiée"),
                            ("lifted", "levée"),
                            ("expired", "arrivée à son terme"),
                            ("ended_at_majority", "arrêtée à la majorité"),
                            ("not_ordered", "non ordonnée"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                ("basis", models.CharField(max_length=150, verbose_name="fondement")),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="measures.measure",
                        verbose_name="fait suite à",
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
                    "tpe_court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.court",
                        verbose_name="tribunal pour enfants",
                    ),
                ),
                (
                    "judge_of_the_place",
                    models.BooleanField(
                        default=False,
                        verbose_name="ordonnée par le juge du lieu où le mineur a été trouvé",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="demandée le")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
                (
                    "request_reason",
                    models.TextField(blank=True, verbose_name="motif de la demande"),
                ),
                (
                    "provisional_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prosecutor", "Procureur de la République"),
                            ("judge", "Juge des enfants"),
                        ],
                        max_length=10,
                        verbose_name="ordonnée à titre provisoire par",
                    ),
                ),
                (
                    "provisional_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="ordonnée à titre provisoire le"
                    ),
                ),
                (
                    "provisional_heard",
                    models.BooleanField(default=False, verbose_name="après audition"),
                ),
                (
                    "extended_on",
                    models.DateField(blank=True, null=True, verbose_name="prolongée le"),
                ),
                (
                    "prosecutor_opinion_on",
                    models.DateField(blank=True, null=True, verbose_name="avis du procureur le"),
                ),
                (
                    "seised_on",
                    models.DateField(blank=True, null=True, verbose_name="juge saisi le"),
                ),
                (
                    "seised_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prosecutor", "Le procureur de la République"),
                            ("parents", "Les parents, ou l'un d'eux"),
                            (
                                "carer",
                                "La personne ou le service à qui l'enfant est confié, ou le tuteur",
                            ),
                            ("minor", "Le mineur lui-même"),
                            ("judge", "Le juge, d'office, à titre exceptionnel"),
                        ],
                        max_length=10,
                        verbose_name="juge saisi par",
                    ),
                ),
                (
                    "investigation_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="investigation ordonnée le"
                    ),
                ),
                (
                    "lawyer_asked_on",
                    models.DateField(blank=True, null=True, verbose_name="avocat demandé le"),
                ),
                (
                    "lawyer_named_on",
                    models.DateField(blank=True, null=True, verbose_name="avocat désigné le"),
                ),
                (
                    "hearing_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="audience le"),
                ),
                (
                    "summoned_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="convocations envoyées le"
                    ),
                ),
                (
                    "heard_on",
                    models.DateField(blank=True, null=True, verbose_name="audience tenue le"),
                ),
                (
                    "child_heard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("heard", "Reçu seul par le juge"),
                            ("declined", "A préféré ne pas être reçu"),
                            ("not_discerning", "Pas encore capable de discernement"),
                            ("not_heard", "N'a pas été reçu"),
                        ],
                        max_length=15,
                        verbose_name="audition de l'enfant",
                    ),
                ),
                (
                    "kin_option",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "evaluated",
                                "Évaluée : l'accueil par un proche n'est pas possible ou insuffisant",
                            ),
                            ("urgency", "Non évaluée : urgence"),
                        ],
                        max_length=10,
                        verbose_name="accueil par un proche",
                    ),
                ),
                ("kin_note", models.TextField(blank=True, verbose_name="ce qui a été évalué")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="décidée le")),
                (
                    "agreed_on",
                    models.DateField(blank=True, null=True, verbose_name="accord écrit signé le"),
                ),
                (
                    "agreed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="accord signé par"),
                ),
                (
                    "long_term",
                    models.BooleanField(default=False, verbose_name="placement de longue durée"),
                ),
                (
                    "notified_on",
                    models.DateField(blank=True, null=True, verbose_name="notifiée le"),
                ),
                (
                    "appealed_on",
                    models.DateField(blank=True, null=True, verbose_name="appel formé le"),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="prend effet le"),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="prend fin le")),
                (
                    "warned_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="rappel donné"
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminée le")),
                ("end_reason", models.TextField(blank=True, verbose_name="motif de fin")),
            ],
            options={
                "verbose_name": "mesure",
                "indexes": [
                    models.Index(fields=["case_file", "status"], name="measure_by_case_file"),
                    models.Index(fields=["situation"], name="measure_by_situation"),
                    models.Index(
                        condition=models.Q(("status", "in_force")),
                        fields=["ends_on"],
                        name="measure_in_force_by_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("nature", "administrative"),
                                (
                                    "type__in",
                                    (
                                        "aed",
                                        "aesf",
                                        "tisf",
                                        "accueil_provisoire",
                                        "accueil_de_jour",
                                    ),
                                ),
                            ),
                            models.Q(
                                ("nature", "judicial"),
                                (
                                    "type__in",
                                    (
                                        "aemo",
                                        "aemo_renforcee",
                                        "aemo_hebergement",
                                        "placement_ase",
                                        "placement_direct",
                                        "autre_parent",
                                        "tdc",
                                        "mjie",
                                        "mjagbf",
                                    ),
                                ),
                            ),
                            models.Q(
                                (
                                    "type__in",
                                    (
                                        "aed",
                                        "aesf",
                                        "tisf",
                                        "accueil_provisoire",
                                        "accueil_de_jour",
                                        "aemo",
                                        "aemo_renforcee",
                                        "aemo_hebergement",
                                        "placement_ase",
                                        "placement_direct",
                                        "autre_parent",
                                        "tdc",
                                        "mjie",
                                        "mjagbf",
                                    ),
                                ),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="measure_nature_fits_its_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("nature", "administrative"),
                                ("status__in", ("in_force", "renewed", "modified", "expired")),
                                _negated=True,
                            ),
                            models.Q(
                                ("agreed_on__isnull", False),
                                models.Q(("agreed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_administrative_has_an_agreement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "administrative"), _negated=True),
                            models.Q(
                                models.Q(
                                    ("status__in", ("provisional", "investigation", "hearing_set")),
                                    _negated=True,
                                ),
                                ("hearing_at__isnull", True),
                                ("provisional_by", ""),
                                ("seised_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_administrative_meets_no_judge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    (
                                        "provisional",
                                        "decided",
                                        "in_force",
                                        "renewed",
                                        "modified",
                                        "expired",
                                    ),
                                ),
                                ("type__in", ("placement_ase", "placement_direct")),
                                _negated=True,
                            ),
                            models.Q(("kin_option", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_placement_says_what_kin_could_do",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "provisional"), _negated=True),
                            models.Q(
                                models.Q(("provisional_by", ""), _negated=True),
                                ("provisional_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="measure_provisional_says_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("provisional_by", ""),
                            (
                                "type__in",
                                (
                                    "placement_ase",
                                    "placement_direct",
                                    "aemo",
                                    "aemo_renforcee",
                                    "aemo_hebergement",
                                    "autre_parent",
                                    "tdc",
                                    "sejour_de_rupture",
                                    "eloignement_reseau",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="measure_provisional_is_of_a_kind_that_may_be",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_on__isnull", True),
                            ("prosecutor_opinion_on__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_extended_after_the_prosecutor_s_opinion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "hearing_set"), _negated=True),
                            ("hearing_at__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_hearing_set_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    ("decided", "in_force", "renewed", "modified", "expired"),
                                ),
                                _negated=True,
                            ),
                            models.Q(("decided_on__isnull", False), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_decided_says_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("in_force", "renewed", "modified", "expired")),
                                _negated=True,
                            ),
                            ("starts_on__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_in_force_has_begun",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="measure_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                (
                                    "status__in",
                                    (
                                        "renewed",
                                        "modified",
                                        "lifted",
                                        "expired",
                                        "ended_at_majority",
                                        "not_ordered",
                                    ),
                                ),
                            ),
                            models.Q(
                                ("ended_on__isnull", True),
                                (
                                    "status__in",
                                    (
                                        "requested",
                                        "provisional",
                                        "investigation",
                                        "hearing_set",
                                        "decided",
                                        "in_force",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="measure_ended_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("lifted", "not_ordered")), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_stopped_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("long_term", False),
                            ("type__in", ("placement_ase", "placement_direct")),
                            _connector="OR",
                        ),
                        name="measure_long_term_is_a_placement",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="MeasureStep",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="measures.measure",
                        verbose_name="mesure",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("requested", "Mesure demandée"),
                            ("provisional", "Mesure provisoire ordonnée"),
                            ("extended", "Mesure provisoire prolongée"),
                            ("judge_seised", "Juge des enfants saisi"),
                            ("judge_changed", "Juge compétent désigné"),
                            ("investigation", "Investigation ordonnée"),
                            ("lawyer_asked", "Avocat demandé"),
                            ("lawyer_named", "Avocat désigné"),
                            ("hearing_set", "Audience fixée"),
                            ("summoned", "Convocations envoyées"),
                            ("hearing_held", "Audience tenue"),
                            ("decided", "Décision rendue"),
                            ("notified", "Décision notifiée"),
                            ("appealed", "Appel formé"),
                            ("appeal_judged", "Appel jugé"),
                            ("agreed", "Accord écrit de la famille"),
                            ("started", "Mesure commencée"),
                            ("ppe", "Projet pour l'enfant établi"),
                            ("reported", "Rapport adressé au juge"),
                            ("parents_asked", "Parents consultés sur le lieu ou le mode d'accueil"),
                            ("parents_answered", "Réponse des parents"),
                            ("exit_ban", "Sortie du territoire interdite"),
                            ("exit_ban_seised", "Juge saisi de l'interdiction de sortie"),
                            ("exit_ban_ended", "Interdiction de sortie du territoire terminée"),
                            ("renewed", "Mesure renouvelée"),
                            ("modified", "Mesure modifiée"),
                            ("lifted", "Mesure levée"),
                            ("expired", "Mesure arrivée à son terme"),
                            ("ended_at_majority", "Mesure arrêtée à la majorité"),
                            ("not_ordered", "Mesure non ordonnée"),
                            ("transferred", "Situation transmise à une autre autorité"),
                        ],
                        max_length=20,
                        verbose_name="étape",
                    ),
                ),
                ("on", models.DateField(verbose_name="jour")),
                ("at", models.DateTimeField(verbose_name="écrite le")),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="précision")),
            ],
            options={
                "verbose_name": "étape de la mesure",
                "verbose_name_plural": "étapes de la mesure",
                "ordering": ("on", "id"),
                "indexes": [
                    models.Index(fields=["case_file", "at"], name="measure_step_by_case_file")
                ],
            },
        ),
        QuickCreateModel(
            name="CareQuestion",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="measures.measure",
                        verbose_name="mesure",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="ce qui est demandé")),
                ("sent_on", models.DateField(verbose_name="envoyée le")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="reçue le")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Accord"),
                            ("opposed", "Opposition"),
                            ("silent", "Silence, valant accord"),
                        ],
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="réponse le")),
            ],
            options={
                "verbose_name": "demande aux parents",
                "verbose_name_plural": "demandes aux parents",
                "ordering": ("sent_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on__isnull", True),
                            ("received_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="care_question_received_after_it_was_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="care_question_answered_says_when",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="ExitBan",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_bans",
                        to="measures.measure",
                        verbose_name="mesure",
                    ),
                ),
                (
                    "ordered_by",
                    models.CharField(
                        choices=[
                            ("prosecutor", "Procureur de la République"),
                            ("judge", "Juge des enfants"),
                        ],
                        max_length=10,
                        verbose_name="ordonnée par",
                    ),
                ),
                ("ordered_on", models.DateField(verbose_name="ordonnée le")),
                (
                    "seised_on",
                    models.DateField(blank=True, null=True, verbose_name="juge saisi le"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminée le")),
            ],
            options={
                "verbose_name": "interdiction de sortie du territoire",
                "verbose_name_plural": "interdictions de sortie du territoire",
                "ordering": ("ordered_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("measure",),
                        name="exit_ban_runs_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("ordered_on")),
                            _connector="OR",
                        ),
                        name="exit_ban_ends_after_it_starts",
                    ),
                ],
            },
        ),
        QuickCreateModel(
            name="EmergencyShelter",
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
                        related_name="shelters",
                        to="access.casefile",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelters",
                        to="situations.situation",
                        verbose_name="situation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("shelter_72h", "Mise à l'abri de 72 heures"),
                            ("provisional_reception", "Recueil provisoire de 5 jours"),
                        ],
                        max_length=25,
                        verbose_name="nature",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sheltered", "à l'abri"),
                            ("returned_home", "rentré chez lui"),
                            ("admitted_with_consent", "accueilli avec l'accord des parents"),
                            ("court_seised", "autorité judiciaire saisie"),
                        ],
                        default="sheltered",
                        max_length=25,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.TextField(verbose_name="motif")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="territory.commune",
                        verbose_name="commune où le mineur a été trouvé",
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.court",
                        verbose_name="tribunal",
                    ),
                ),
                (
                    "tpe_court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.court",
                        verbose_name="tribunal pour enfants",
                    ),
                ),
                ("desk", models.CharField(max_length=150, verbose_name="service à joindre")),
                (
                    "desk_phone",
                    models.CharField(max_length=30, verbose_name="téléphone du service"),
                ),
                ("started_at", models.DateTimeField(verbose_name="à l'abri depuis le")),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                (
                    "parents_informed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="parents informés le"),
                ),
                (
                    "parents_informed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="parents informés par",
                    ),
                ),
                (
                    "parents_exception",
                    models.TextField(blank=True, verbose_name="pourquoi ils ne le sont pas"),
                ),
                (
                    "prosecutor_informed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="procureur informé le"
                    ),
                ),
                (
                    "prosecutor_informed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="procureur informé par",
                    ),
                ),
                (
                    "agreed_on",
                    models.DateField(blank=True, null=True, verbose_name="accord écrit signé le"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminée le"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="terminée par",
                    ),
                ),
                ("end_note", models.TextField(blank=True, verbose_name="suite donnée")),
            ],
            options={
                "verbose_name": "mise à l'abri",
                "verbose_name_plural": "mises à l'abri",
                "indexes": [
                    models.Index(fields=["status", "started_at"], name="shelter_by_status")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "sheltered")),
                        fields=("case_file",),
                        name="shelter_runs_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("status", "sheltered")),
                            models.Q(
                                models.Q(("status", "sheltered"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="shelter_ended_says_when_and_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="shelter_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "sheltered"),
                            models.Q(
                                ("prosecutor_informed_at__isnull", False),
                                models.Q(
                                    ("parents_informed_at__isnull", False),
                                    models.Q(("parents_exception", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="shelter_ends_once_both_were_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "admitted_with_consent"), _negated=True),
                            ("agreed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="shelter_consent_is_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("desk", ""), _negated=True),
                            models.Q(("desk_phone", ""), _negated=True),
                        ),
                        name="shelter_says_why_and_whom_to_ring",
                    ),
                ],
            },
        ),
    ]
