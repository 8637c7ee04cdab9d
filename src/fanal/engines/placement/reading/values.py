"""What one value of a file may be, and what it should have been."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

Check = Callable[[Any], Any]
OLDEST, LONGEST_WORD, PAIR = 25, 80, 2
FARTHEST = 20_000.0


class Wrong(ValueError):
    """What a value should have been, in French."""


def number(low: float, high: float, unit: str = "") -> Check:
    def check(value: Any) -> float:
        if type(value) not in {int, float} or not isfinite(value) or not low <= value <= high:
            raise Wrong(f"un nombre de {low:g} à {high:g}{unit}")
        return float(value)

    return check


def whole(low: int, high: int) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Wrong(f"un nombre entier de {low} à {high}")
        return value

    return check


def one_of(choices: Mapping[Any, Any]) -> Check:
    def check(value: Any) -> Any:
        if type(value) not in {str, int} or value not in choices:
            raise Wrong(" ou ".join(f"« {one} »" for one in choices))
        return choices[value]

    return check


def word(value: Any) -> str:
    said = str(value).strip() if type(value) in {str, int} else ""
    if not 0 < len(said) <= LONGEST_WORD:
        raise Wrong(f"un mot ou un nombre entier, de {LONGEST_WORD} caractères au plus")
    return said


def words(value: Any) -> frozenset[str]:
    if not isinstance(value, list):
        raise Wrong("une liste de mots")
    return frozenset(word(one) for one in value)


def point(value: Any) -> tuple[float, float]:
    check = number(-FARTHEST, FARTHEST, " km")
    if not isinstance(value, list) or len(value) != PAIR:
        raise Wrong("deux nombres, en kilomètres")
    return check(value[0]), check(value[1])


def points(value: Any) -> list[tuple[float, float]]:
    if not isinstance(value, list):
        raise Wrong("une liste de points")
    return [point(one) for one in value]


def ages(value: Any) -> tuple[int, int]:
    check = whole(0, OLDEST)
    if not isinstance(value, list) or len(value) != PAIR:
        raise Wrong("deux âges, le plus jeune d'abord")
    low, high = check(value[0]), check(value[1])
    if low > high:
        raise Wrong("deux âges, le plus jeune d'abord")
    return low, high
