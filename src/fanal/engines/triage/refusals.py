"""What is no set of rules, by a closed list of codes; never a traceback."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why rules are refused. Codes are added, never renamed."""

    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown_key"
    NO_NAME = "no_name"
    TWICE = "twice"
    NO_REASON = "no_reason"
    UNKNOWN_CLASS = "unknown_class"
    NOTHING_TO_LOOK_FOR = "nothing_to_look_for"
    BAD_WORDS = "bad_words"
    BAD_WAIT = "bad_wait"


class UnreadableRules(ValueError):
    """``message`` is French and says which rule, and what to do."""

    def __init__(self, code: Code, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)
