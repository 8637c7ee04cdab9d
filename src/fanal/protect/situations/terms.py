from django.db.models import TextChoices


class Status(TextChoices):
    OPEN = "open", "à prendre en charge"
    FOLLOWED = "followed", "suivie"
    CLOSING = "closing", "clôture proposée"
    CLOSED = "closed", "clôturée"
    REOPENED = "reopened", "rouverte"


# Somebody answers for the minor in each of these.
LIVING = (Status.OPEN, Status.FOLLOWED, Status.CLOSING, Status.REOPENED)
# A reopened situation is followed again, and its story still says so.
TAKEN_UP = (Status.FOLLOWED, Status.REOPENED)


class Ground(TextChoices):
    """Why a minor is followed: a decision, never an impression."""

    MEASURE = "measure", "Mesure décidée"
    REPORT = "report", "Signalement au procureur"
    REASONED_ACT = "reasoned_act", "Acte motivé d'un cadre"
    TRANSFER = "transfer", "Reçue d'une autre autorité"


# A transfer writes its ground itself.
CHOSEN_GROUNDS = (Ground.MEASURE, Ground.REPORT, Ground.REASONED_ACT)


class ClosingReason(TextChoices):
    DANGER_LIFTED = "danger_lifted", "Le danger a cessé"
    RELAYED = "relayed", "Relais pris par les services de droit commun"
    MAJORITY = "majority", "Majorité, sans suite souhaitée par le jeune"
    YOUNG_ADULT = "young_adult", "Majorité, accompagnement jeune majeur engagé ailleurs"
    OPENED_IN_ERROR = "opened_in_error", "Ouverte par erreur"
    DEATH = "death", "Décès"
    TRANSFERRED = "transferred", "Transmise à une autre autorité"


class EntryKind(TextChoices):
    NOTE = "note", "Note"
    CALL = "call", "Appel"
    VISIT = "visit", "Visite"
    MEETING = "meeting", "Rencontre"
    EVENT = "event", "Événement"
    INTERVIEW_17 = "interview_17", "Entretien un an avant la majorité"
    EXIT_INTERVIEW = "exit_interview", "Entretien six mois après la sortie"
    FOLLOW_UP = "follow_up", "Suivi"
    MEASURE = "measure", "Mesure"
    HANDOVER = "handover", "Référent"
    MAJORITY = "majority", "Majorité"
    TRANSFER = "transfer", "Transmission"


# What a person writes by hand; the acts of the house write the others.
WRITTEN_BY_HAND = (
    EntryKind.NOTE,
    EntryKind.CALL,
    EntryKind.VISIT,
    EntryKind.MEETING,
    EntryKind.EVENT,
    EntryKind.INTERVIEW_17,
)


class Source(TextChoices):
    """Where a situation, or a line of its timeline, comes from."""

    CONCERN = "concern", "information préoccupante"
    REPORT = "report", "signalement"
    SITUATION = "situation", "situation"
    MEASURE = "measure", "mesure"
    SHELTER = "shelter", "mise à l'abri"


def source_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Source.choices


# Nobody leaves protection "of age" before the day has come.
OF_AGE = (ClosingReason.MAJORITY, ClosingReason.YOUNG_ADULT)

# What the eighteenth birthday changes, each with its article where one was read.
WHAT_CHANGES = (
    "Les parents n'exercent plus l'autorité parentale : leur accès au dossier prend fin.",
    "Les droits, les accords et les informations reviennent au jeune majeur lui-même.",
    "L'assistance éducative s'arrête (art. 375 du code civil).",
    "S'il était confié à l'aide sociale à l'enfance et n'a pas de ressources ou d'appui "
    "suffisants, un accompagnement jusqu'à 21 ans est un droit (art. L222-5, 5° CASF).",
    "Rien n'est transmis aux services pour adultes sans son accord.",
    "Six mois après sa sortie, un entretien lui est dû (art. L222-5-2-1 CASF).",
)
