from enum import StrEnum

from django.db.models import TextChoices

from fanal.ground.agents.terms import Role
from fanal.ground.privacy.terms import Tag


class Capacity(TextChoices):
    """Why somebody holds one particular file."""

    EVALUATOR = "evaluator", "chargé de l'évaluation"
    REFERENT = "referent", "référent"
    STAND_IN = "stand_in", "remplaçant"
    # Whoever sealed a file holds it by name, or nobody could lift the seal.
    SEAL_KEEPER = "seal_keeper", "gardien du scellé"
    BREAK_GLASS = "break_glass", "accès d'urgence"


def capacity_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Capacity.choices


class ExclusionKind(TextChoices):
    """Why somebody must never see a file (hard rule: excluded per case)."""

    RELATIVE = "relative", "Proche de l'enfant ou de sa famille"
    OWN_CHILD = "own_child", "Son propre enfant"
    SUSPECT = "suspect", "Mis en cause"
    OTHER = "other", "Autre conflit d'intérêts"


# What of a file opens to some and not to others, as its screens call it. What is plain tells of
# nobody; a secret is opened to nobody.
CLASSES: dict[Tag, str] = {
    Tag.IDENTITY: "Identité de l'enfant et de ses parents",
    Tag.CONTACT: "Coordonnées",
    Tag.NARRATIVE: "Résumé de la situation",
    Tag.HEALTH: "Santé",
    Tag.JUDICIAL: "Suites judiciaires",
    Tag.LOCATION: "Commune, établissement et lieu d'accueil",
    Tag.INFORMANT: "Identité de la personne qui a alerté",
}


def class_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return [(str(tag), label) for tag, label in CLASSES.items()]


# Whoever shares sums these up in their own words; the others are read from the file.
SUMMED_UP = (Tag.NARRATIVE, Tag.HEALTH, Tag.JUDICIAL, Tag.LOCATION)


class DisclosureGround(TextChoices):
    """The text that permits a share. Each opens some fields, and no other."""

    PROTECTION = "protection", "Secret partagé en protection de l'enfance (art. L226-2-2 CASF)"
    CARE = "care", "Équipe de soins (art. L1110-4 du code de la santé publique)"
    SHELTER = "shelter", "Mise à l'abri en urgence (art. L223-2 CASF)"
    JUSTICE = "justice", "Autorité judiciaire (art. L226-4 CASF)"


def disclosure_ground_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return DisclosureGround.choices


_NECESSARY = frozenset({Tag.IDENTITY, Tag.CONTACT, Tag.NARRATIVE})

# Who alerted is in none: the prosecutor receives it with the signalement, and nobody else.
OPENED_BY: dict[DisclosureGround, frozenset[Tag]] = {
    DisclosureGround.PROTECTION: _NECESSARY,
    DisclosureGround.CARE: _NECESSARY | {Tag.HEALTH},
    DisclosureGround.SHELTER: _NECESSARY | {Tag.LOCATION},
    DisclosureGround.JUSTICE: _NECESSARY | {Tag.JUDICIAL, Tag.LOCATION},
}

# No share outlives this; it is made again, with its reasons [A].
LONGEST_SHARE_DAYS = 90


class Verdict(TextChoices):
    """What the review of an emergency opening found."""

    JUSTIFIED = "justified", "Justifié"
    NOT_JUSTIFIED = "not_justified", "Non justifié"


# An emergency opens for that many hours [A].
GLASS_HOURS = (2, 8, 24)


class StepKind(TextChoices):
    """What was decided about who may open a file."""

    EXCLUDED = "excluded", "Personne écartée"
    EXCLUSION_LIFTED = "exclusion_lifted", "Mise à l'écart levée"
    SEALED = "sealed", "Mis sous scellé"
    UNSEALED = "unsealed", "Scellé levé"
    SHARED = "shared", "Partagé"
    SHARE_WITHDRAWN = "share_withdrawn", "Partage retiré"
    GLASS_BROKEN = "glass_broken", "Ouvert en urgence"


def step_kind_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return StepKind.choices


class Purpose(StrEnum):
    """Why the database is asked; after two, they are of scheduled work, or of one use case."""

    DESK = "desk"
    INTAKE = "intake"
    ALARMS = "alarms"
    MAJORITY = "majority"
    RETENTION = "retention"
    DIRECTORY = "directory"
    # The promises made to those who wrote: dates alone.
    LETTERS = "letters"
    # A danger that was read in a question, for whoever must hear it.
    DISCLOSURE = "disclosure"
    # Appointments of which a place says nothing: to remind it, and to doubt what failed.
    REFERRALS = "referrals"


class Act(StrEnum):
    """What one asks to do with a file."""

    READ = "read"
    EXCLUDE = "exclude"
    SEAL = "seal"
    SHARE = "share"
    BREAK_GLASS = "break_glass"
    REVIEW = "review"


class Because(StrEnum):
    """On what ground the decision opens, or refuses."""

    HELD = "held"
    AUTHORITY = "authority"
    SHARED = "shared"
    REVIEWED = "reviewed"
    RECEIVED = "received"
    SCHEDULED = "scheduled"
    # Refusals, said to nobody but the traces.
    NOBODY = "nobody"
    NO_RIGHT = "no_right"
    NO_TIE = "no_tie"
    EXCLUDED = "excluded"
    SEALED = "sealed"


class Right(StrEnum):
    SCREEN = "screen"
    WRITE_CONCERNS = "write_concerns"
    READ_CONCERNS = "read_concerns"
    QUALIFY_CONCERNS = "qualify_concerns"
    EVALUATE_CONCERNS = "evaluate_concerns"
    SIGN_DECISIONS = "sign_decisions"
    SEND_REPORTS = "send_reports"
    ANSWER_REPORTS = "answer_reports"
    FOLLOW_SITUATIONS = "follow_situations"
    MANAGE_SITUATIONS = "manage_situations"
    SHELTER = "shelter"
    MERGE_MINORS = "merge_minors"
    READ_DOCUMENTS = "read_documents"
    LISTEN = "listen"
    MODERATE = "moderate"
    COORDINATE = "coordinate"
    # Who opens to whom.
    BREAK_GLASS = "break_glass"
    EXCLUDE_AGENTS = "exclude_agents"
    SEAL_FILES = "seal_files"
    SHARE_FILES = "share_files"
    # Who watches over it.
    MANAGE_AGENTS = "manage_agents"
    REVIEW_ACCESS = "review_access"
    READ_TRACES = "read_traces"
    ANSWER_RIGHTS = "answer_rights"
    MANAGE_RETENTION = "manage_retention"
    # The places that one may go to.
    KEEP_DIRECTORY = "keep_directory"
    # What lodgings tell the police of.
    ANSWER_ALERTS = "answer_alerts"
    RECEIVE = "receive"
    REFER = "refer"
    # What the country has, and how many were received: counts alone.
    READ_COVERAGE = "read_coverage"
    READ_REACH = "read_reach"


_CRIP = {
    Right.SCREEN,
    Right.WRITE_CONCERNS,
    Right.READ_CONCERNS,
    Right.QUALIFY_CONCERNS,
    Right.SEND_REPORTS,
    Right.MERGE_MINORS,
    Right.READ_DOCUMENTS,
    Right.SHELTER,
    Right.BREAK_GLASS,
    Right.EXCLUDE_AGENTS,
    Right.SHARE_FILES,
    Right.REFER,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AUTHOR: frozenset({Right.SCREEN, Right.WRITE_CONCERNS, Right.REFER}),
    Role.CRIP: frozenset(_CRIP),
    Role.EVALUATOR: frozenset(
        {Right.SCREEN, Right.READ_CONCERNS, Right.EVALUATE_CONCERNS, Right.READ_DOCUMENTS}
        | {Right.REFER}
    ),
    Role.REFERENT: frozenset(
        {Right.SCREEN, Right.WRITE_CONCERNS, Right.FOLLOW_SITUATIONS, Right.READ_DOCUMENTS}
        | {Right.SHELTER, Right.SHARE_FILES, Right.BREAK_GLASS, Right.REFER}
    ),
    Role.SUPERVISOR: frozenset(
        _CRIP
        | {Right.SIGN_DECISIONS, Right.EVALUATE_CONCERNS}
        | {Right.FOLLOW_SITUATIONS, Right.MANAGE_SITUATIONS, Right.SEAL_FILES}
    ),
    Role.ON_CALL: frozenset(
        {Right.READ_CONCERNS, Right.SHELTER, Right.READ_DOCUMENTS, Right.BREAK_GLASS}
    ),
    Role.PARQUET: frozenset({Right.ANSWER_REPORTS}),
    Role.LISTENER: frozenset({Right.LISTEN, Right.MODERATE, Right.REFER}),
    Role.COORDINATOR: frozenset(
        {Right.LISTEN, Right.MODERATE, Right.COORDINATE, Right.REFER, Right.READ_REACH}
    ),
    Role.DIRECTORY: frozenset({Right.KEEP_DIRECTORY, Right.READ_COVERAGE, Right.READ_REACH}),
    Role.STEERING: frozenset({Right.READ_COVERAGE, Right.READ_REACH}),
    Role.RECEPTION: frozenset({Right.RECEIVE}),
    Role.CONTACT_POINT: frozenset({Right.ANSWER_ALERTS, Right.WRITE_CONCERNS}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_AGENTS}),
    Role.CONTROLLER: frozenset({Right.REVIEW_ACCESS, Right.ANSWER_RIGHTS, Right.MANAGE_RETENTION}),
    Role.DATA_PROTECTION: frozenset({Right.REVIEW_ACCESS, Right.READ_TRACES, Right.ANSWER_RIGHTS}),
}

# The roles that bear out a capacity: when none is left, what it held by name ends.
BORNE_OUT: dict[Capacity, frozenset[Role]] = {
    Capacity.EVALUATOR: frozenset({Role.EVALUATOR, Role.SUPERVISOR}),
    Capacity.REFERENT: frozenset({Role.REFERENT, Role.SUPERVISOR}),
    Capacity.STAND_IN: frozenset({Role.REFERENT, Role.SUPERVISOR}),
    Capacity.SEAL_KEEPER: frozenset({Role.SUPERVISOR}),
    Capacity.BREAK_GLASS: frozenset(
        role for role, rights in RIGHTS.items() if Right.BREAK_GLASS in rights
    ),
}

# The right that each act needs, besides seeing the file; reading needs no other.
RIGHT_TO: dict[Act, Right] = {
    Act.EXCLUDE: Right.EXCLUDE_AGENTS,
    Act.SEAL: Right.SEAL_FILES,
    Act.SHARE: Right.SHARE_FILES,
    Act.BREAK_GLASS: Right.BREAK_GLASS,
    Act.REVIEW: Right.REVIEW_ACCESS,
}

_MINIMUM = frozenset({Tag.IDENTITY, Tag.CONTACT, Tag.NARRATIVE})
_EVALUATING = _MINIMUM | {Tag.HEALTH, Tag.JUDICIAL, Tag.INFORMANT}
_FOLLOWING = _MINIMUM | {Tag.HEALTH, Tag.JUDICIAL, Tag.LOCATION}

# What holding a file by name opens of it (CASF L226-2-2: what is necessary, and no more).
FIELDS_HELD: dict[Capacity, frozenset[Tag]] = {
    Capacity.EVALUATOR: _EVALUATING,
    Capacity.REFERENT: _FOLLOWING,
    Capacity.STAND_IN: _FOLLOWING,
    Capacity.SEAL_KEEPER: _MINIMUM,
    Capacity.BREAK_GLASS: _MINIMUM | {Tag.HEALTH, Tag.LOCATION},
}
# What a role that spans the authority opens of each of its files.
FIELDS_OF_ROLE: dict[Role, frozenset[Tag]] = {
    Role.CRIP: _EVALUATING,
    Role.SUPERVISOR: _EVALUATING | {Tag.LOCATION},
    Role.ON_CALL: _EVALUATING | {Tag.LOCATION},
}
