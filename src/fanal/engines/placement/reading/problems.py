"""Placements already weighed: who may go where, and at what cost."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.reading.arcs import TAKEN, plain_arcs
from fanal.engines.placement.reading.files import document_of, shown, text_of, unreadable
from fanal.engines.placement.siblings import Siblings, as_the_rule_says

COLUMNS = ("arcs", "unit_facility", "unit_places", "unplaced_penalty")
RULES = ("keep_apart", "keep_together", "siblings")
ARC, NEAR = 3, 0.85
LARGEST = 2**63 - 1


def read_problem(path: Path) -> Problem:
    """
    A placement file, compressed or not; the answer it may hold is not read.

    Raises:
        NotPlaced: the file is not one, or its rules contradict each other.
    """
    rest, arcs = plain_arcs(text_of(path))
    return weighed(document_of(rest), arcs)


def weighed(document: dict[str, Any], arcs: Ints | None) -> Problem:
    """
    Args:
        arcs: shape (arcs, 3), when they were taken out of the document.
    """
    missing = [name for name in COLUMNS if name not in document]
    if missing:
        raise unreadable(f"Il y manque {', '.join(f'« {name} »' for name in missing)}.")
    _refuse_misnamed(document)
    if arcs is None or document["arcs"] != TAKEN:
        arcs = _rows(document["arcs"])
    problem = Problem(
        request=arcs[:, 0].copy(),
        unit=arcs[:, 1].copy(),
        cost=arcs[:, 2].copy(),
        facility=_whole(document["unit_facility"], "unit_facility"),
        places=_whole(document["unit_places"], "unit_places"),
        penalty=_whole(document["unplaced_penalty"], "unplaced_penalty"),
        apart=_groups(document, "keep_apart"),
        together=_groups(document, "keep_together"),
    )
    return as_the_rule_says(problem, siblings_of(document))


def siblings_of(document: dict[str, Any]) -> Siblings:
    rule = document.get("siblings", Siblings.TOGETHER.value)
    if rule not in {one.value for one in Siblings}:
        names = " ou ".join(f"« {one.value} »" for one in Siblings)
        raise unreadable(f"« siblings » : « {shown(rule)} » n'est pas une règle ; il faut {names}.")
    return Siblings(rule)


def _refuse_misnamed(document: dict[str, Any]) -> None:
    """Other keys are what a published file says of itself; a rule misnamed would not be kept."""
    for key in document.keys() - {*COLUMNS, *RULES}:
        if near := get_close_matches(key.strip().lower(), RULES, n=1, cutoff=NEAR):
            raise unreadable(f"« {shown(key)} » n'est pas une règle ; est-ce « {near[0]} » ?")


def _is_whole(value: Any) -> bool:
    return type(value) is int and abs(value) <= LARGEST


def _rows(value: Any) -> Ints:
    if not isinstance(value, list):
        raise unreadable("« arcs » doit être une liste.")
    for number, row in enumerate(value):
        if not (isinstance(row, list) and len(row) == ARC and all(map(_is_whole, row))):
            raise unreadable(f"« arcs », élément {number} : « {shown(row)} » au lieu de 3 entiers.")
    return np.array(value, dtype=np.int64).reshape(-1, ARC)


def _whole(value: Any, name: str) -> Ints:
    if not isinstance(value, list):
        raise unreadable(f"« {name} » doit être une liste de nombres entiers.")
    for number, one in enumerate(value):
        if not _is_whole(one):
            raise unreadable(
                f"« {name} », élément {number} : « {shown(one)} » n'est pas un entier."
            )
    return np.array(value, dtype=np.int64)


def _groups(document: dict[str, Any], name: str) -> tuple[tuple[int, ...], ...]:
    value = document.get(name, [])
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise unreadable(f"« {name} » doit être une liste de groupes.")
    return tuple(
        tuple(_whole(group, f"{name}[{number}]").tolist()) for number, group in enumerate(value)
    )
