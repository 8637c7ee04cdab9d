"""Why, in words: what each rule closed to a request, and what would open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from fanal.engines.placement.people import Examined, Rule
from fanal.engines.placement.plans import Standing

SAID = {
    Rule.AGE: ("pour l'âge", "pour l'âge"),
    Rule.SEX: ("pour le sexe accueilli", "pour le sexe accueilli"),
    Rule.CAPABILITY: ("sans ce qu'il faut", "sans ce qu'il faut"),
    Rule.DANGER: ("trop près d'un lieu de danger", "trop près d'un lieu de danger"),
    Rule.TRAVEL: ("trop loin pour la famille", "trop loin pour la famille"),
    Rule.CLOSED: ("écartée par les règles", "écartées par les règles"),
    Rule.APART: ("où vit une personne à tenir à distance",) * 2,
    Rule.FAMILY: ("sans place pour toute la fratrie",) * 2,
    Rule.FULL: ("complète", "complètes"),
    Rule.OPEN: ("possible", "possibles"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit with a place that would take the request at this distance."""

    unit: int
    km: int


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Attributes:
        unit: the one that is proposed, -1 when there is none.
        counts: how many units each rule closed, or left open.
        siblings: those who go with the request; ``nowhere``: no facility could take them all.
        nearer: would open nearer to danger points than what was asked.
        farther: would open farther from home than what the family can do.
    """

    request: int
    unit: int
    counts: dict[Rule, int]
    siblings: tuple[int, ...]
    nowhere: bool
    nearer: Opening | None = None
    farther: Opening | None = None

    def said(self, requests: Sequence[Any], units: Sequence[Any]) -> str:
        """One French sentence; ``requests`` and ``units`` are how they are called."""
        total = sum(self.counts.values())
        parts = [f"{count} {SAID[rule][count > 1]}" for rule, count in self.counts.items() if count]
        said = f"{total} unité{'s' * (total > 1)} examinée{'s' * (total > 1)}"
        said += f" : {', '.join(parts)}" if parts else ""
        said += f" ; proposée : {units[self.unit]}" if self.unit >= 0 else " ; aucune proposée"
        if self.nowhere:
            kin = " et ".join(str(requests[one]) for one in self.siblings)
            said += f" ; aucun établissement n'a ce soir de quoi la recevoir avec {kin}"
        if self.nearer:
            said += (
                f" ; {units[self.nearer.unit]} s'ouvrirait à {self.nearer.km} km "
                "d'un lieu de danger"
            )
        if self.farther:
            said += (
                f" ; {units[self.farther.unit]} s'ouvrirait si la famille pouvait faire "
                f"{self.farther.km} km"
            )
        return f"{said}."

    def as_json(self, requests: Sequence[Any], units: Sequence[Any]) -> dict[str, Any]:
        def opening(one: Opening | None) -> dict[str, Any] | None:
            return {"unit": units[one.unit], "km": one.km} if one else None

        return {
            "request": requests[self.request],
            "unit": units[self.unit] if self.unit >= 0 else None,
            "examined": sum(self.counts.values()),
            "counts": {rule.name.lower(): count for rule, count in self.counts.items() if count},
            "siblings": [requests[one] for one in self.siblings],
            "nowhere_together": self.nowhere,
            "opens_nearer_danger": opening(self.nearer),
            "opens_farther_from_home": opening(self.farther),
            "words": self.said(requests, units),
        }


def reason(standing: Standing, one: int, examined: Examined | None = None) -> Reason:
    """
    Why one request is where the plan puts it.

    Args:
        examined: what its own rules said of each unit; without it the units it may not go to are
            counted together.
    """
    verdicts = standing.verdicts(one)
    closed = np.full(standing.problem.places.size, Rule.CLOSED, dtype=np.int64)
    if examined is not None:
        closed = examined.rule.copy()
    for unit, verdict in verdicts.items():
        closed[unit] = verdict
    at = int(standing.unit[one])
    if at >= 0:
        closed[at] = Rule.OPEN
    found = Counter(closed.tolist())
    kin = standing.kin.get(one, (one,))
    nowhere = at < 0 and standing.nowhere_together(one)
    nearer = farther = None
    if at < 0 and examined is not None and len(kin) == 1:
        nearer, farther = _openings(examined, standing, one)
    return Reason(
        request=one,
        unit=at,
        counts={rule: found[rule] for rule in SAID if found[rule]},
        siblings=tuple(other for other in kin if other != one),
        nowhere=nowhere,
        nearer=nearer,
        farther=farther,
    )


def _openings(
    examined: Examined, standing: Standing, one: int
) -> tuple[Opening | None, Opening | None]:
    """Units with a place that another distance alone would open; rounded so that it would do."""
    met = np.isin(standing.problem.facility, list(standing.met(one)))
    free = (standing.left > 0) & ~met
    nearer = farther = None
    mine = np.flatnonzero(examined.danger_alone & free)
    if mine.size:
        best = int(mine[np.argmax(examined.nearest[mine])])
        nearer = Opening(best, floor(examined.nearest[best]))
    mine = np.flatnonzero(examined.travel_alone & free)
    if mine.size:
        best = int(mine[np.argmin(examined.home[mine])])
        farther = Opening(best, ceil(examined.home[best]))
    return nearer, farther
