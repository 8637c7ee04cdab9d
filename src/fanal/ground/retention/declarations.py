"""What each room says of its own things: what still runs, what ended, and when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from fanal.ground.retention.terms import RuleCode


@dataclass(frozen=True, slots=True)
class Living:
    """Something in this file still runs: nothing of the file is due."""

    case_file_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Something in this file ended that day; the rule says how long it is kept from there."""

    case_file_id: int
    rule: RuleCode
    on: date


Look = Callable[[Collection[int]], Iterable[Living | Ended]]


@dataclass(frozen=True, slots=True)
class Rows:
    """
    Rows that hang on no case file, with a public ``ref``.

    ``find`` gives those that ended before a day; ``treat`` erases or empties those of a queryset;
    ``authority`` is where the code of the authority is read, if there is one.
    """

    rule: RuleCode
    model: str
    find: Callable[[date], models.QuerySet[Any]]
    treat: Callable[[models.QuerySet[Any]], object]
    authority: str


_looks: dict[str, Look] = {}
_rows: dict[RuleCode, Rows] = {}


def declare_look(room: str, look: Look) -> None:
    _looks[room] = look


def declare_rows(rows: Rows) -> None:
    _rows[rows.rule] = rows


def look_at(files: Collection[int]) -> list[Living | Ended]:
    """What every room says of these files."""
    return [said for look in _looks.values() for said in look(files)]


def declared_rows() -> list[Rows]:
    return list(_rows.values())
