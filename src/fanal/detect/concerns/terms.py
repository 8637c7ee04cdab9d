from django.db.models import TextChoices


class Status(TextChoices):
    RECEIVED = "received", "reçue"
    FIRST_ANALYSIS = "first_analysis", "en première analyse"
    NOT_A_CONCERN = "not_a_concern", "n'est pas une information préoccupante"
    TRANSFERRED = "transferred", "transmise à une autre autorité"
    JOINED = "joined", "jointe à un dossier ouvert"
    UNDER_EVALUATION = "under_evaluation", "en évaluation"
    EVALUATED = "evaluated", "évaluée, à décider"
    DECIDED = "decided", "décidée, à notifier"
    NOTIFIED = "notified", "notifiée"
    CLOSED = "closed", "clôturée"


# The steps at which somebody still owes something to the minor.
TO_ANALYSE = (Status.RECEIVED, Status.FIRST_ANALYSIS)
OPEN = (*TO_ANALYSE, Status.UNDER_EVALUATION, Status.EVALUATED)
ENDED = (Status.NOT_A_CONCERN, Status.TRANSFERRED, Status.JOINED, Status.CLOSED)


class Qualification(TextChoices):
    """What the first analysis decides (CASF D226-2-3)."""

    EVALUATE = "evaluate", "Ouvrir une évaluation"
    JOIN = "join", "Joindre à un dossier déjà ouvert"
    NOT_A_CONCERN = "not_a_concern", "Ce n'est pas une information préoccupante"


class DecisionOutcome(TextChoices):
    NO_FURTHER_ACTION = "no_further_action", "Classement sans suite"
    COMMON_LAW_REFERRAL = "common_law_referral", "Orientation vers un service de droit commun"
    ADMIN_MEASURE = "admin_measure", "Mesure administrative, avec l'accord écrit des parents"
    REPORT_TO_PROSECUTOR = "report_to_prosecutor", "Signalement au procureur"


class Danger(TextChoices):
    NONE = "none", "Pas de danger repéré"
    RISK = "risk", "Risque de danger"
    DANGER = "danger", "Danger"
    IMMEDIATE = "immediate", "Danger grave et immédiat"


class SubmissionStatus(TextChoices):
    """All that the author is told."""

    RECEIVED = "received", "reçue"
    IN_PROGRESS = "in_progress", "en cours"
    OUTCOME_GIVEN = "outcome_given", "réponse donnée"


class AuthorKind(TextChoices):
    HELPLINE = "helpline", "119"
    SCHOOL = "school", "établissement scolaire"
    HEALTH = "health", "santé"
    POLICE = "police", "police ou gendarmerie"
    ASSOCIATION = "association", "association"
    FAMILY = "family", "famille"
    CHILD_WELFARE = "child_welfare", "protection de l'enfance"
    OTHER = "other", "autre"


def author_kind_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return AuthorKind.choices


# L226-5 al. 1: these are told the outcome unasked; the others on request (al. 2).
PROFESSIONALS = tuple(kind for kind in AuthorKind if kind not in ("family", "other"))


class Exploitation(TextChoices):
    """A situation, never a person."""

    NONE = "none", "non évoquée"
    SUSPECTED = "suspected", "exploitation sexuelle suspectée"
    CONFIRMED = "confirmed", "exploitation sexuelle confirmée"


class AdditionKind(TextChoices):
    COMPLEMENT = "complement", "complément"
    WITHDRAWAL = "withdrawal", "retrait demandé"


class Step(TextChoices):
    RECEIVED = "received", "Information préoccupante reçue"
    OPENED = "opened", "Première analyse commencée"
    COMPLETED = "completed", "Complétée par son auteur"
    WITHDRAWN = "withdrawn", "Retrait demandé par son auteur"
    EVALUATE = "evaluate", "Évaluation ouverte"
    JOIN = "join", "Jointe à un dossier ouvert"
    PROPOSED = "proposed", "Décision proposée à une seconde signature"
    SENT_BACK = "sent_back", "Proposition renvoyée par le second signataire"
    NOT_A_CONCERN = "not_a_concern", "Qualifiée : n'est pas une information préoccupante"
    TRANSFERRED = "transferred", "Transmise à une autre autorité"
    REPORTED = "reported", "Signalement adressé au procureur"
    VISITED = "visited", "Visite"
    EVALUATED = "evaluated", "Évaluation remise"
    DECIDED = "decided", "Décision prise"
    NOTIFIED = "notified", "Décision notifiée"
    CLOSED = "closed", "Information préoccupante clôturée"
    SIBLING = "sibling", "Information ouverte pour un autre mineur du foyer"
