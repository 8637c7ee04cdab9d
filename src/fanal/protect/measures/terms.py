"""Words of the measures: what protects a minor, who decided it, and how it ends."""

from __future__ import annotations

from django.db.models import TextChoices

# What clocks, and the lines of a situation's timeline, say that they are about.
MEASURE = "measure"
SHELTER = "shelter"
QUESTION = "care_question"
EXIT_BAN = "exit_ban"


class Nature(TextChoices):
    """Who decides: the département with the family's agreement, or the judge."""

    ADMINISTRATIVE = "administrative", "Administrative, avec l'accord de la famille"
    JUDICIAL = "judicial", "Judiciaire, décidée par le juge des enfants"


class MeasureType(TextChoices):
    AED = "aed", "Action éducative à domicile (AED)"
    AESF = "aesf", "Accompagnement en économie sociale et familiale (AESF)"
    TISF = "tisf", "Intervention à domicile (TISF)"
    ACCUEIL_PROVISOIRE = "accueil_provisoire", "Accueil provisoire"
    ACCUEIL_DE_JOUR = "accueil_de_jour", "Accueil de jour"
    AEMO = "aemo", "Action éducative en milieu ouvert (AEMO)"
    AEMO_RENFORCEE = "aemo_renforcee", "AEMO renforcée ou intensifiée"
    AEMO_HEBERGEMENT = "aemo_hebergement", "AEMO avec hébergement"
    PLACEMENT_ASE = "placement_ase", "Placement à l'aide sociale à l'enfance"
    PLACEMENT_DIRECT = "placement_direct", "Placement direct dans un service"
    AUTRE_PARENT = "autre_parent", "Remise à l'autre parent"
    TIERS_DIGNE_DE_CONFIANCE = "tdc", "Tiers digne de confiance"
    MJIE = "mjie", "Investigation éducative (MJIE)"
    MJAGBF = "mjagbf", "Aide à la gestion du budget familial (MJAGBF)"
    SEJOUR_DE_RUPTURE = "sejour_de_rupture", "Séjour de rupture"
    ELOIGNEMENT_RESEAU = "eloignement_reseau", "Hébergement éloigné du réseau"


ADMINISTRATIVE_TYPES = (
    MeasureType.AED,
    MeasureType.AESF,
    MeasureType.TISF,
    MeasureType.ACCUEIL_PROVISOIRE,
    MeasureType.ACCUEIL_DE_JOUR,
)
JUDICIAL_TYPES = (
    MeasureType.AEMO,
    MeasureType.AEMO_RENFORCEE,
    MeasureType.AEMO_HEBERGEMENT,
    MeasureType.PLACEMENT_ASE,
    MeasureType.PLACEMENT_DIRECT,
    MeasureType.AUTRE_PARENT,
    MeasureType.TIERS_DIGNE_DE_CONFIANCE,
    MeasureType.MJIE,
    MeasureType.MJAGBF,
)
# Decided by the one or by the other.
SPECIFIC_TYPES = (MeasureType.SEJOUR_DE_RUPTURE, MeasureType.ELOIGNEMENT_RESEAU)

# The child lives elsewhere, on the judge's word, in a service: kin comes first (C. civ. 375-3).
PLACEMENTS = (MeasureType.PLACEMENT_ASE, MeasureType.PLACEMENT_DIRECT)
# What may be ordered at once (C. civ. 375-5 refers to 375-3 and 375-4).
MAY_BE_PROVISIONAL = (
    *PLACEMENTS,
    MeasureType.AEMO,
    MeasureType.AEMO_RENFORCEE,
    MeasureType.AEMO_HEBERGEMENT,
    MeasureType.AUTRE_PARENT,
    MeasureType.TIERS_DIGNE_DE_CONFIANCE,
    *SPECIFIC_TYPES,
)
# The child is admitted: the parents are asked about the place and mode of care (L223-2 CASF).
ADMITTED = (
    MeasureType.ACCUEIL_PROVISOIRE,
    MeasureType.ACCUEIL_DE_JOUR,
    MeasureType.AEMO_HEBERGEMENT,
    MeasureType.PLACEMENT_ASE,
    *SPECIFIC_TYPES,
)
# An investigation prepares a decision: the two years of C. civ. 375 are not its own.
WITHOUT_LONGEST_TERM = (MeasureType.MJIE,)

# Article proposed for each type: to be checked on the decision, and written over.
BASIS = {
    MeasureType.AED: "art. L222-2 et L222-3 CASF",
    MeasureType.AESF: "art. L222-3 CASF",
    MeasureType.TISF: "art. L222-3 CASF",
    MeasureType.ACCUEIL_PROVISOIRE: "art. L222-5 CASF",
    MeasureType.ACCUEIL_DE_JOUR: "art. L222-4-2 CASF",
    MeasureType.AEMO: "art. 375-2 C. civ.",
    MeasureType.AEMO_RENFORCEE: "art. 375-2 C. civ.",
    MeasureType.AEMO_HEBERGEMENT: "art. 375-2 C. civ.",
    MeasureType.PLACEMENT_ASE: "art. 375-3 C. civ.",
    MeasureType.PLACEMENT_DIRECT: "art. 375-3 C. civ.",
    MeasureType.AUTRE_PARENT: "art. 375-3 C. civ.",
    MeasureType.TIERS_DIGNE_DE_CONFIANCE: "art. 375-3 C. civ.",
    MeasureType.MJIE: "art. 1183 CPC",
    MeasureType.MJAGBF: "art. 375-9-1 C. civ.",
    MeasureType.SEJOUR_DE_RUPTURE: "art. L222-5 CASF ou 375-3 C. civ.",
    MeasureType.ELOIGNEMENT_RESEAU: "art. L222-5 CASF ou 375-3 C. civ.",
}


class Status(TextChoices):
    REQUESTED = "requested", "demandée"
    PROVISIONAL = "provisional", "provisoire"
    INVESTIGATION = "investigation", "investigation en cours"
    HEARING_SET = "hearing_set", "audience fixée"
    DECIDED = "decided", "décidée, à mettre en œuvre"
    IN_FORCE = "in_force", "en vigueur"
    RENEWED = "renewed", "renouvelée"
    MODIFIED = "modified", "modifiée"
    LIFTED = "lifted", "levée"
    EXPIRED = "expired", "arrivée à son terme"
    ENDED_AT_MAJORITY = "ended_at_majority", "arrêtée à la majorité"
    NOT_ORDERED = "not_ordered", "non ordonnée"


ENDED = (
    Status.RENEWED,
    Status.MODIFIED,
    Status.LIFTED,
    Status.EXPIRED,
    Status.ENDED_AT_MAJORITY,
    Status.NOT_ORDERED,
)
LIVING = tuple(status for status in Status if status not in ENDED)

# Where a measure may go from each state; the database holds the same pairs (see the trigger).
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset(
        {
            Status.PROVISIONAL,
            Status.INVESTIGATION,
            Status.HEARING_SET,
            Status.DECIDED,
            Status.NOT_ORDERED,
            Status.ENDED_AT_MAJORITY,
        }
    ),
    Status.PROVISIONAL: frozenset(
        {
            Status.INVESTIGATION,
            Status.HEARING_SET,
            Status.DECIDED,
            Status.LIFTED,
            Status.ENDED_AT_MAJORITY,
        }
    ),
    Status.INVESTIGATION: frozenset(
        {
            Status.PROVISIONAL,
            Status.HEARING_SET,
            Status.DECIDED,
            Status.LIFTED,
            Status.NOT_ORDERED,
            Status.ENDED_AT_MAJORITY,
        }
    ),
    Status.HEARING_SET: frozenset(
        {
            Status.PROVISIONAL,
            Status.INVESTIGATION,
            Status.DECIDED,
            Status.LIFTED,
            Status.NOT_ORDERED,
            Status.ENDED_AT_MAJORITY,
        }
    ),
    Status.DECIDED: frozenset({Status.IN_FORCE, Status.LIFTED, Status.ENDED_AT_MAJORITY}),
    Status.IN_FORCE: frozenset(
        {
            Status.RENEWED,
            Status.MODIFIED,
            Status.LIFTED,
            Status.EXPIRED,
            Status.ENDED_AT_MAJORITY,
        }
    ),
    **{status: frozenset() for status in ENDED},
}


class Orderer(TextChoices):
    """Who ordered the provisional measure (C. civ. 375-5)."""

    PROSECUTOR = "prosecutor", "Procureur de la République"
    JUDGE = "judge", "Juge des enfants"


class Seiser(TextChoices):
    """Who may seise the judge (C. civ. 375)."""

    PROSECUTOR = "prosecutor", "Le procureur de la République"
    PARENTS = "parents", "Les parents, ou l'un d'eux"
    CARER = "carer", "La personne ou le service à qui l'enfant est confié, ou le tuteur"
    MINOR = "minor", "Le mineur lui-même"
    JUDGE = "judge", "Le juge, d'office, à titre exceptionnel"


class KinOption(TextChoices):
    """Before a placement, the judge needs to know what kin could do, save urgency (375-3)."""

    EVALUATED = "evaluated", "Évaluée : l'accueil par un proche n'est pas possible ou insuffisant"
    URGENCY = "urgency", "Non évaluée : urgence"


class ChildHeard(TextChoices):
    """The judge talks with a child capable of discernment, alone (C. civ. 375-1)."""

    HEARD = "heard", "Reçu seul par le juge"
    DECLINED = "declined", "A préféré ne pas être reçu"
    NOT_DISCERNING = "not_discerning", "Pas encore capable de discernement"
    NOT_HEARD = "not_heard", "N'a pas été reçu"


class StepKind(TextChoices):
    REQUESTED = "requested", "Mesure demandée"
    PROVISIONAL = "provisional", "Mesure provisoire ordonnée"
    EXTENDED = "extended", "Mesure provisoire prolongée"
    JUDGE_SEISED = "judge_seised", "Juge des enfants saisi"
    JUDGE_CHANGED = "judge_changed", "Juge compétent désigné"
    INVESTIGATION = "investigation", "Investigation ordonnée"
    LAWYER_ASKED = "lawyer_asked", "Avocat demandé"
    LAWYER_NAMED = "lawyer_named", "Avocat désigné"
    HEARING_SET = "hearing_set", "Audience fixée"
    SUMMONED = "summoned", "Convocations envoyées"
    HEARING_HELD = "hearing_held", "Audience tenue"
    DECIDED = "decided", "Décision rendue"
    NOTIFIED = "notified", "Décision notifiée"
    APPEALED = "appealed", "Appel formé"
    APPEAL_JUDGED = "appeal_judged", "Appel jugé"
    AGREED = "agreed", "Accord écrit de la famille"
    STARTED = "started", "Mesure commencée"
    PPE = "ppe", "Projet pour l'enfant établi"
    REPORTED = "reported", "Rapport adressé au juge"
    PARENTS_ASKED = "parents_asked", "Parents consultés sur le lieu ou le mode d'accueil"
    PARENTS_ANSWERED = "parents_answered", "Réponse des parents"
    EXIT_BAN = "exit_ban", "Sortie du territoire interdite"
    EXIT_BAN_SEISED = "exit_ban_seised", "Juge saisi de l'interdiction de sortie"
    EXIT_BAN_ENDED = "exit_ban_ended", "Interdiction de sortie du territoire terminée"
    RENEWED = "renewed", "Mesure renouvelée"
    MODIFIED = "modified", "Mesure modifiée"
    LIFTED = "lifted", "Mesure levée"
    EXPIRED = "expired", "Mesure arrivée à son terme"
    ENDED_AT_MAJORITY = "ended_at_majority", "Mesure arrêtée à la majorité"
    NOT_ORDERED = "not_ordered", "Mesure non ordonnée"
    TRANSFERRED = "transferred", "Situation transmise à une autre autorité"


class Answer(TextChoices):
    """What the parents said of the place and mode of care (L223-2 CASF)."""

    AGREED = "agreed", "Accord"
    OPPOSED = "opposed", "Opposition"
    SILENT = "silent", "Silence, valant accord"


class ShelterKind(TextChoices):
    """Shelter without a judge (L223-2 CASF)."""

    SHELTER_72H = "shelter_72h", "Mise à l'abri de 72 heures"
    PROVISIONAL_RECEPTION = "provisional_reception", "Recueil provisoire de 5 jours"


class ShelterStatus(TextChoices):
    SHELTERED = "sheltered", "à l'abri"
    RETURNED_HOME = "returned_home", "rentré chez lui"
    ADMITTED_WITH_CONSENT = "admitted_with_consent", "accueilli avec l'accord des parents"
    COURT_SEISED = "court_seised", "autorité judiciaire saisie"


SHELTER_OUTCOMES = (
    ShelterStatus.RETURNED_HOME,
    ShelterStatus.ADMITTED_WITH_CONSENT,
    ShelterStatus.COURT_SEISED,
)
