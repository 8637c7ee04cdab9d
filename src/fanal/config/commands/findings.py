"""One line of what ``fanal check`` says."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WELL = "bien"
    WRONG = "à corriger"
    NOTE = "à savoir"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    subject: str
    state: State
    detail: str


def judged(subject: str, faults: list[str], well: str) -> Finding:
    """Wrong with its faults, or well."""
    return Finding(subject, State.WRONG if faults else State.WELL, " ; ".join(faults) or well)
