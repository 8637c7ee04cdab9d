"""Requests, units and rules as arrays, checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.placement.refusals import Code, NotPlaced

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Who may go where, and at what cost.

    Attributes:
        request, unit, cost: one entry an eligible arc, shape (arcs,); costs are whole.
        facility: of each unit, shape (units,).
        places: free in each unit, shape (units,).
        penalty: of leaving each request out, shape (requests,).
        apart: groups of requests, at most one of each in a facility.
        together: groups of requests, all in one facility or all left out.
    """

    request: Ints
    unit: Ints
    cost: Ints
    facility: Ints
    places: Ints
    penalty: Ints
    apart: tuple[tuple[int, ...], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        self._check_shapes()
        self._check_values()
        self._check_arcs()
        self._check_members()
        self._check_groups()

    def _check_shapes(self) -> None:
        if not self.request.size == self.unit.size == self.cost.size:
            raise NotPlaced(Code.UNREADABLE, "Les arcs n'ont pas tous trois valeurs.")
        if self.facility.size != self.places.size:
            raise NotPlaced(
                Code.UNREADABLE,
                "Il faut un établissement et des places par unité, et non "
                f"{_many(self.facility.size, 'établissement')} et "
                f"{_many(self.places.size, 'nombre')} de places.",
            )

    def _check_values(self) -> None:
        for what, values in (
            ("le coût de l'arc", self.cost),
            ("la pénalité de la demande", self.penalty),
            ("les places de l'unité", self.places),
        ):
            wrong = np.flatnonzero((values < 0) | (values > LARGEST))
            if wrong.size:
                at = int(wrong[0])
                raise NotPlaced(
                    Code.UNSUITABLE,
                    f"{what.capitalize()} {at} : {values[at]}, hors de 0 à un milliard.",
                )

    def _check_arcs(self) -> None:
        for name, ends, size in (
            ("la demande", self.request, self.penalty.size),
            ("l'unité", self.unit, self.places.size),
        ):
            wrong = np.flatnonzero((ends < 0) | (ends >= size))
            if wrong.size:
                at = int(wrong[0])
                raise NotPlaced(
                    Code.UNREADABLE,
                    f"L'arc {at} cite {name} {ends[at]}, qui n'existe pas : il y en a {size}.",
                )
        # Sorted rather than np.unique, which takes fifteen times as long on two million.
        units = max(1, self.places.size)
        arcs = np.sort(self.request * units + self.unit)
        twice = np.flatnonzero(arcs[1:] == arcs[:-1])
        if twice.size:
            request, unit = divmod(int(arcs[twice[0]]), units)
            raise NotPlaced(
                Code.CONTRADICTORY,
                f"L'arc de la demande {request} à l'unité {unit} est donné deux fois.",
            )

    def _check_members(self) -> None:
        for name, groups in (("séparé", self.apart), ("ensemble", self.together)):
            for number, group in enumerate(groups):
                for one in group:
                    if not 0 <= one < self.penalty.size:
                        raise NotPlaced(
                            Code.UNREADABLE,
                            f"Le groupe {name} {number} cite la demande {one}, qui n'existe pas.",
                        )

    def _check_groups(self) -> None:
        both = contradiction(self.blocks(), self.apart)
        if both:
            raise NotPlaced(
                Code.CONTRADICTORY,
                f"Les demandes {both[0]} et {both[1]} doivent être ensemble et séparées.",
            )

    def blocks(self) -> list[tuple[int, ...]]:
        """Those who go together, merged when they share a request; two or more."""
        return merged(self.together)


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count > 1)}"


def merged(groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Groups that share a number are one; those of a single number are left out."""
    above: dict[int, int] = {}

    def root(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for group in groups:
        for one in group:
            above[root(one)] = root(group[0])
    members: dict[int, set[int]] = {}
    for one in list(above):
        members.setdefault(root(one), set()).add(one)
    return sorted(tuple(sorted(kin)) for kin in members.values() if len(kin) > 1)


def contradiction(
    blocks: Sequence[tuple[int, ...]], apart: Sequence[tuple[int, ...]]
) -> tuple[int, int] | None:
    """Two who must be together and apart, if any."""
    block_of = {one: number for number, kin in enumerate(blocks) for one in kin}
    for group in apart:
        seen: dict[int, int] = {}
        for one in sorted(set(group) & block_of.keys()):
            if block_of[one] in seen:
                return seen[block_of[one]], one
            seen[block_of[one]] = one
    return None
