"""What cannot be read as opening hours, by a closed list of codes; never a traceback."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why hours are refused. Codes are added, never renamed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_WORD = "unknown_word"
    BAD_TIME = "bad_time"
    BAD_SPAN = "bad_span"
    BAD_DATE = "bad_date"
    BAD_WEEK = "bad_week"
    BAD_COMMENT = "bad_comment"
    MISPLACED = "misplaced"
    NOT_SUPPORTED = "not_supported"


class UnreadableHours(ValueError):
    """``message`` is French, says where and what to do; ``at`` is the character, from 0."""

    def __init__(self, code: Code, message: str, *, at: int = 0) -> None:
        self.code = code
        self.at = at
        self.message = message
        super().__init__(message)


class UnknownTerritory(ValueError):
    """A code that is neither a département nor a collectivity that we know."""

    def __init__(self, territory: str) -> None:
        self.message = (
            f"« {territory} » n'est pas un département : donnez son code, comme 67 ou 2A."
        )
        super().__init__(self.message)
