"""Why a release is not made, by a closed list of reasons; the message is French, for its author."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Part of the published format: reasons are added, never renamed."""

    UNREADABLE_SPEC = "unreadable_spec"
    UNREADABLE_DATA = "unreadable_data"
    UNREADABLE_RELEASE = "unreadable_release"
    AGAINST_THE_RULE = "against_the_rule"
    CANNOT_PROTECT = "cannot_protect"
    BUDGET_EXHAUSTED = "budget_exhausted"
    LEDGER = "ledger"
    ALREADY_RELEASED = "already_released"
    TOO_LARGE = "too_large"


class NotReleased(ValueError):
    """
    A release that is refused. Nothing was written.

    The message counts cells, never people.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
