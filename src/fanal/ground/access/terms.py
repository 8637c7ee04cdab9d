from enum import StrEnum

from django.db.models import TextChoices

from fanal.ground.agents.terms import Role


class Capacity(TextChoices):
    """Why somebody holds one particular file."""

    EVALUATOR = "evaluator", "chargé de l'évaluation"
    REFERENT = "referent", "référent"
    STAND_IN = "stand_in", "remplaçant"


class Purpose(StrEnum):
    """Why the database is asked; the last two belong to scheduled work, never to a person."""

    DESK = "desk"
    INTAKE = "intake"
    ALARMS = "alarms"
    MAJORITY = "majority"


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
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AUTHOR: frozenset({Right.SCREEN, Right.WRITE_CONCERNS}),
    Role.CRIP: frozenset(_CRIP),
    Role.EVALUATOR: frozenset(
        {Right.SCREEN, Right.READ_CONCERNS, Right.EVALUATE_CONCERNS, Right.READ_DOCUMENTS}
    ),
    Role.REFERENT: frozenset(
        {Right.SCREEN, Right.WRITE_CONCERNS, Right.FOLLOW_SITUATIONS, Right.READ_DOCUMENTS}
        | {Right.SHELTER, Right.SHARE_FILES, Right.BREAK_GLASS}
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
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_AGENTS}),
    Role.CONTROLLER: frozenset({Right.REVIEW_ACCESS, Right.ANSWER_RIGHTS, Right.MANAGE_RETENTION}),
    Role.DATA_PROTECTION: frozenset({Right.REVIEW_ACCESS, Right.READ_TRACES, Right.ANSWER_RIGHTS}),
}
