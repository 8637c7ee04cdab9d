"""The pairs of records that speak of one person, and how likely that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fanal.engines.linkage.blocking import Pairs
from fanal.engines.linkage.encoding import Encoded, Floats, encode
from fanal.engines.linkage.learning import Agreement, columns, learn
from fanal.engines.linkage.profiles.reading import Profile
from fanal.engines.linkage.sampling import share_out
from fanal.engines.linkage.weighing import Weights, at_first
from fanal.engines.linkage.work import Here, Work

POSSIBLE, STRONG = 0.5, 0.95
Steps = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """
    ``pairs``: places of two records, the lower first, shape (pairs, 2), those most likely one
    person first. ``probability``: at least ``POSSIBLE``. ``persons``: how many there are, on
    average. ``compared``: pairs that shared a key.
    """

    encoded: Encoded
    pairs: Pairs
    probability: Floats
    agreement: Agreement
    weights: Weights
    persons: float
    compared: int

    def as_json(self) -> dict[str, Any]:
        """The published format: how many, and what each agreement is worth."""
        strong = int((self.probability >= STRONG).sum())
        return {
            "profile": self.encoded.profile.name,
            "records": len(self.encoded),
            "compared": self.compared,
            "strong": strong,
            "possible": len(self.pairs) - strong,
            "persons": round(self.persons, 1),
            "thresholds": {"possible": POSSIBLE, "strong": STRONG},
            "learnt_on": self.agreement.sessions,
            "levels": {
                column: {"same": _shown(same), "strangers": _shown(strangers)}
                for column, same, strangers in zip(
                    columns(self.encoded.profile),
                    self.agreement.same,
                    self.agreement.strangers,
                    strict=True,
                )
            },
        }

    def between(self, first: int) -> Linked:
        """The pairs of a record before place ``first`` and one that is not: two files linked."""
        across = (self.pairs[:, 0] < first) & (self.pairs[:, 1] >= first)
        return replace(self, pairs=self.pairs[across], probability=self.probability[across])


def dedupe(
    cells: Sequence[Sequence[str]],
    profile: Profile,
    *,
    learnt: Agreement | None = None,
    seed: int = 1,
    step: Steps = lambda _: None,
    told: Callable[[int, int], None] = lambda _done, _all: None,
    on: Callable[[Encoded], Work] = Here,
) -> Linked:
    """
    Args:
        cells: of the records by column, in the order of the profile's fields.
        learnt: what another run has learnt, instead of learning.
        on: the machine that does what grows as the square of the records.
    """
    step("Lecture des noms et des dates")
    encoded = encode(cells, profile)
    work = on(encoded)
    agreement = learnt
    if agreement is None:
        step("Apprentissage des poids")
        agreement = learn(encoded, work.taught(), work.tables)
    weights = at_first(agreement, encoded.codes.shape[1])
    step("Paires à comparer")
    weighed = work.weighed(weights)
    step("Rapprochements")
    shared = share_out(encoded, weighed.pairs, weighed.worth, weights, seed=seed, told=told)
    kept = shared.probability >= POSSIBLE
    order = np.argsort(-shared.probability[kept], kind="stable")
    return Linked(
        encoded,
        shared.pairs[kept][order],
        shared.probability[kept][order],
        agreement,
        shared.weights,
        shared.persons,
        weighed.compared,
    )


def _shown(row: Floats) -> list[float]:
    return [float(f"{share:.4g}") for share in row]
