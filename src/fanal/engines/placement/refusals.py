"""What the engine will not compute, by a closed list of codes; never a traceback."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why there is no answer. Part of the published format: codes are added, never renamed."""

    UNREADABLE = "unreadable"
    UNSUITABLE = "unsuitable"
    CONTRADICTORY = "contradictory"
    INFEASIBLE = "infeasible"
    NOT_SOLVED = "not_solved"


SAID = {
    Code.UNREADABLE: "Le fichier ne peut pas être lu.",
    Code.UNSUITABLE: "Ce réglage ne convient pas.",
    Code.CONTRADICTORY: "Des règles se contredisent.",
    Code.INFEASIBLE: "Aucune affectation ne respecte toutes les règles.",
    Code.NOT_SOLVED: "Le calcul n'a pas abouti dans le temps donné.",
}


class NotPlaced(ValueError):
    """There is no answer; ``message`` is French."""

    def __init__(self, code: Code, detail: str = "") -> None:
        self.code, self.detail = code, detail
        self.message = f"{SAID[code]} {detail}".strip()
        super().__init__(self.message)
