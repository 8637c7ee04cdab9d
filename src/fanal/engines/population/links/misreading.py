"""People drawn from a table, and their records linked badly: what ``linkage`` has to undo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Wholes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of missed and of false links, as ``linkage`` defines them."""

    missed: float
    false: float
    checked: int | None = None

    def drawn(self, rng: np.random.Generator) -> Rates:
        """
        Rates that so many links read again leave possible.

        A beta law from Jeffreys' prior: none missed of 200 does not mean that none is missed.
        """
        if not self.checked:
            return self
        of = self.checked
        missed, false = (
            float(rng.beta(rate * of + 0.5, (1 - rate) * of + 0.5))
            for rate in (self.missed, self.false)
        )
        return Rates(min(missed, 0.5), min(false, 0.1), of)


def misread(true: Floats, rates: Rates, rng: np.random.Generator) -> Wholes:
    """
    One observed table: ``2**t`` counts.

    Args:
        true: expected counts by history; as many people as they sum to are drawn.
    """
    t = true.size.bit_length() - 1
    people = rng.choice(true.size, size=round(float(true.sum())), p=true / true.sum())
    told = _split(people, t, rates.missed, rng) if rates.missed else people
    told = _merge(told, rates.false, rng) if rates.false else told
    return np.bincount(told, minlength=true.size)


def _split(people: Wholes, t: int, missed: float, rng: np.random.Generator) -> Wholes:
    on = people[:, None] >> np.arange(t) & 1
    # The reference is the record with the highest of random marks; it is never lost.
    marks = np.where(on, rng.random(on.shape), -1.0)
    reference = np.zeros_like(on)
    reference[np.arange(len(people)), marks.argmax(axis=1)] = 1
    lost = (on & ~reference & 1) * (rng.random(on.shape) < missed)
    bits = 1 << np.arange(t)
    alone = np.repeat(bits, lost.sum(axis=0))
    return np.concatenate([people - lost @ bits, alone])


def _merge(told: Wholes, false: float, rng: np.random.Generator) -> Wholes:
    made = told.copy()
    there = np.ones(len(told), dtype=bool)
    for one in np.nonzero(rng.random(len(told)) < false)[0]:
        partners = np.nonzero(there & (made & made[one] == 0))[0]
        if there[one] and partners.size:
            other = rng.choice(partners)
            made[one] |= made[other]
            there[other] = False
    return made[there]
