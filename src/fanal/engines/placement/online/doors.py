"""Whom those who are inside keep out, whom they wait for, and why someone still waits."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from fanal.engines.placement.columns import can_be_together
from fanal.engines.placement.nights import Arcs
from fanal.engines.placement.online.world import World
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.siblings import Siblings


class Why(StrEnum):
    """Why someone who has units waits; the first that holds, in this order."""

    NOWHERE_TOGETHER = "nowhere_together"
    SIBLING_INSIDE = "sibling_inside"
    LINKED_INSIDE = "linked_inside"
    FULL = "full"
    FULL_TOGETHER = "full_together"
    LEFT_FOR_OTHERS = "left_for_others"


SAID = {
    Why.NOWHERE_TOGETHER: "fratrie qu'aucun établissement ne peut recevoir ensemble",
    Why.SIBLING_INSIDE: "frère ou sœur déjà là où aucune unité ne convient",
    Why.LINKED_INSIDE: "personne à tenir à distance dans les seuls établissements possibles",
    Why.FULL: "toutes les unités possibles complètes",
    Why.FULL_TOGETHER: "pas de place pour toute la fratrie dans un même établissement",
    Why.LEFT_FOR_OTHERS: "place allée à d'autres, plus urgents ou sans autre unité",
}


class Doors:
    """
    Args:
        arcs: every open unit of every request, whoever is inside.
    """

    def __init__(self, world: World, arcs: Arcs, siblings: Siblings) -> None:
        self.arcs, self.siblings = arcs, siblings
        self.facility_of_arc = world.units.facility[arcs.unit]
        self.linked: dict[int, set[int]] = {}
        for group in world.apart:
            for one in group:
                self.linked.setdefault(one, set()).update(set(group) - {one})
        everyone = Problem(
            arcs.request, arcs.unit, arcs.cost, world.units.facility, world.units.places,
            np.zeros(world.day.size, dtype=np.int64),
        )  # fmt: skip
        nowhere = {kin for kin in world.together if not can_be_together(everyone, kin)}
        self.families = [
            kin for kin in world.together if siblings is Siblings.TOGETHER or kin not in nowhere
        ]
        self.kin = {one: kin for kin in self.families for one in kin}
        self.nowhere = {one for kin in nowhere for one in kin} & set(self.kin)

    def mine(self, one: int) -> Ints:
        """The arcs of a request, wherever its siblings and those it is linked to are."""
        return np.arange(self.arcs.start[one], self.arcs.start[one + 1])

    def open(self, one: int, where: dict[int, int]) -> Ints:
        """
        The arcs of a request that lead to its siblings, and to nobody it must not meet.

        Args:
            where: the facility of everyone who is inside.
        """
        mine = self._with_siblings(one, where)
        if one in self.nowhere:
            return mine[:0]
        met = {where[other] for other in self.linked.get(one, ()) if other in where}
        return mine[~np.isin(self.facility_of_arc[mine], list(met))] if met else mine

    def _with_siblings(self, one: int, where: dict[int, int]) -> Ints:
        mine = self.mine(one)
        homes = {where[other] for other in self.kin.get(one, ()) if other in where}
        if not homes:
            return mine
        there = mine[np.isin(self.facility_of_arc[mine], list(homes))]
        return there if there.size or self.siblings is Siblings.TOGETHER else mine

    def why(self, one: int, where: dict[int, int], free: Ints, waiting: set[int]) -> Why:
        """
        Args:
            free: places left in each unit.
        """
        if one in self.nowhere:
            return Why.NOWHERE_TOGETHER
        if not self._with_siblings(one, where).size:
            return Why.SIBLING_INSIDE
        mine = self.open(one, where)
        if not mine.size:
            return Why.LINKED_INSIDE
        if not (free[self.arcs.unit[mine]] > 0).any():
            closed = self._with_siblings(one, where)
            return Why.LINKED_INSIDE if (free[self.arcs.unit[closed]] > 0).any() else Why.FULL
        if set(self.kin.get(one, ())) & waiting - {one}:
            return Why.FULL_TOGETHER
        return Why.LEFT_FOR_OTHERS
