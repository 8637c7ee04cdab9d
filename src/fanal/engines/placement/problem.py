"""Requests, units and rules as arrays, checked once."""

from __future__ import annotations

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
        self._check_arcs()
        for group in (*self.apart, *self.together):
            if group and not (min(group) >= 0 and max(group) < self.penalty.size):
                raise NotPlaced(Code.UNREADABLE, "Un groupe cite une demande qui n'existe pas.")
        self._check_groups()

    def _check_shapes(self) -> None:
        if not self.request.size == self.unit.size == self.cost.size:
            raise NotPlaced(Code.UNREADABLE, "Les arcs n'ont pas tous trois valeurs.")
        if self.facility.size != self.places.size:
            raise NotPlaced(Code.UNREADABLE, "Il faut un établissement et des places par unité.")
        for name, values in (("coûts", self.cost), ("pénalités", self.penalty)):
            if values.size and (values.min() < 0 or values.max() > LARGEST):
                raise NotPlaced(Code.UNSUITABLE, f"Les {name} vont de 0 à un milliard.")
        if self.places.size and self.places.min() < 0:
            raise NotPlaced(Code.UNSUITABLE, "Un nombre de places est négatif.")

    def _check_arcs(self) -> None:
        for name, ends, size in (
            ("demande", self.request, self.penalty.size),
            ("unité", self.unit, self.places.size),
        ):
            if ends.size and (ends.min() < 0 or ends.max() >= size):
                raise NotPlaced(Code.UNREADABLE, f"Un arc cite une {name} qui n'existe pas.")
        # Sorted rather than np.unique, which takes fifteen times as long on two million.
        arcs = np.sort(self.request * max(1, self.places.size) + self.unit)
        if (arcs[1:] == arcs[:-1]).any():
            raise NotPlaced(Code.CONTRADICTORY, "Un même arc est donné deux fois.")

    def _check_groups(self) -> None:
        for kin in self.blocks():
            for group in self.apart:
                both = sorted(set(kin) & set(group))
                if len(both) > 1:
                    raise NotPlaced(
                        Code.CONTRADICTORY,
                        f"Les demandes {both[0]} et {both[1]} doivent être ensemble et séparées.",
                    )

    def blocks(self) -> list[tuple[int, ...]]:
        """Those who go together, merged when they share a request; two or more."""
        above: dict[int, int] = {}

        def root(one: int) -> int:
            while above.setdefault(one, one) != one:
                above[one] = above[above[one]]
                one = above[one]
            return one

        for group in self.together:
            for one in group:
                above[root(one)] = root(group[0])
        merged: dict[int, set[int]] = {}
        for one in list(above):
            merged.setdefault(root(one), set()).add(one)
        return sorted(tuple(sorted(kin)) for kin in merged.values() if len(kin) > 1)
