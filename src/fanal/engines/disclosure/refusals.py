"""What the engine will not publish or compute, by a closed list of codes; never a traceback."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why there is no answer. Part of the published format: codes are added, never renamed."""

    UNREADABLE = "unreadable"
    UNSUITABLE = "unsuitable"
    CONTRADICTORY = "contradictory"
    CANNOT_PROTECT = "cannot_protect"
    CANNOT_ROUND = "cannot_round"
    NOT_SOLVED = "not_solved"


SAID = {
    Code.UNREADABLE: "Le tableau ne peut pas être lu.",
    Code.UNSUITABLE: "Ce réglage ne convient pas.",
    Code.CONTRADICTORY: "Les chiffres publiés se contredisent : aucun tableau ne leur répond.",
    Code.CANNOT_PROTECT: (
        "Ce qui est déjà publié, ou doit l'être, suffit à retrouver une case qui se cache."
    ),
    Code.CANNOT_ROUND: "Aucun arrondi ne garde à la fois les totaux et les cases proches.",
    Code.NOT_SOLVED: "Le calcul n'a pas abouti dans le temps donné.",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer when there is none. ``message`` is French, and never holds a hidden count."""

    code: Code
    message: str

    @classmethod
    def because(cls, code: Code, detail: str = "") -> Refused:
        return cls(code, f"{SAID[code]} {detail}".strip())


class UnreadableCube(ValueError):
    """Dimensions, tables or rows that do not fit together; the message is French."""
