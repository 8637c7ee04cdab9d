"""Words of the deadlines: every legal or proposed period has a code here, its text is in data."""

from enum import StrEnum, auto

from django.db import models


class RuleCode(StrEnum):
    """The periods that Fanal watches; their words are rows of ``DeadlineRule``."""

    OBSERVATION_REVIEW = auto()
    # Information préoccupante.
    DANGER_OPENED = auto()
    CONCERN_FIRST_ANALYSIS = auto()
    CONCERN_EVALUATION = auto()
    CONCERN_TARGET = auto()
    CONCERN_TARGET_URGENT = auto()
    CONCERN_ANSWER_PROFESSIONAL = auto()
    CONCERN_ANSWER_PERSON = auto()
    PARENTS_TOLD_COURT_SEISED = auto()
    # Signalement.
    REPORT_RETURN_REMINDER = auto()
    # Ordonnance de placement provisoire, assistance éducative.
    OPP_SEISE_JUDGE = auto()
    JUDGE_RULES_AFTER_OPP = auto()
    URGENT_PLACEMENT_HEARING = auto()
    PROVISIONAL_MEASURE = auto()
    PROVISIONAL_MEASURE_EXTENDED = auto()
    SUMMONS = auto()
    LAWYER = auto()
    NOTIFY_DECISION = auto()
    APPEAL = auto()
    PLACEMENT_APPEAL_JUDGED = auto()
    MEASURE_MAX = auto()
    AEMO_RENFORCEE_MAX = auto()
    LONG_PLACEMENT_HEARING = auto()
    YEARLY_REPORT = auto()
    HALF_YEARLY_REPORT = auto()
    JUDGE_HANDOVER = auto()
    EXIT_BAN_PROSECUTOR = auto()
    EXIT_BAN_SEISE_JUDGE = auto()
    EXIT_BAN_JUDGE = auto()
    PPE = auto()
    # Accueil sans juge.
    SHELTER_72H = auto()
    PROVISIONAL_RECEPTION = auto()
    PARENTS_SILENCE = auto()
    PARENTS_SILENCE_UNRECEIVED = auto()
    # Fugue.
    RUNAWAY_DECLARE_AT_ONCE = auto()
    RUNAWAY_DECLARE_DAY = auto()
    RUNAWAY_DECLARE_NIGHT = auto()
    RUNAWAY_RETURN_TOLD = auto()
    RUNAWAY_HEALTH_CHECK = auto()
    RUNAWAY_INTERVIEW = auto()
    # Majorité.
    INTERVIEW_17 = auto()
    INTERVIEW_AFTER_EXIT = auto()
    # Accès d'urgence.
    GLASS_REVIEW = auto()
    # Droits des personnes.
    RIGHTS_ANSWER = auto()
    RIGHTS_ANSWER_EXTENDED = auto()


class Unit(models.TextChoices):
    MINUTES = "minutes", "minutes"
    HOURS = "hours", "heures"
    DAYS = "days", "jours"
    WEEKS = "weeks", "semaines"
    MONTHS = "months", "mois"
    YEARS = "years", "ans"


class Counting(models.TextChoices):
    # Hour to hour: the period ends at the instant, whatever the wall clock did meanwhile.
    INSTANT = "instant", "d'heure à heure"
    # Civil count: the first day does not count, the last one runs to midnight, local time.
    CALENDAR = "calendar", "en jours de calendrier"
    # « Huit jours au moins avant l'audience » : the due day stands before the event.
    BACKWARDS = "backwards", "à rebours, avant l'événement"


class Confidence(models.TextChoices):
    """How far the duration can be trusted; shown beside it."""

    READ = "V", "texte en vigueur, lu"
    READ_OLD = "V-old", "texte lu dans une version plus ancienne"
    PROPOSED = "A", "proposition, sans force légale"
    FROM_MEMORY = "M", "à faire vérifier par un juriste"


# An authority may set its own duration for these alone: the law leaves the others no choice.
ADJUSTABLE = frozenset({Confidence.PROPOSED, Confidence.FROM_MEMORY})


class Outcome(models.TextChoices):
    """Why a clock stopped."""

    DONE = "done", "fait"
    MOOT = "moot", "devenu sans objet"
    TRANSFERRED = "transferred", "transmis à une autre autorité"
    EXPIRED = "expired", "arrivé à son terme"


class AlarmKind(models.TextChoices):
    BEFORE = "before", "avant l'échéance"
    DUE = "due", "à l'échéance"
    AFTER = "after", "échéance dépassée"
