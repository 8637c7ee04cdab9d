"""What is learnt, as the kernels want it: logarithms of how much likelier one person is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fanal.engines.linkage.encoding import FAMILY, GIVEN, TRUTH, UNSEEN, Encoded, Floats
from fanal.engines.linkage.homes import SAME_HOME, SAME_NAME, Homes
from fanal.engines.linkage.learning import Agreement, never_oftener_renamed
from fanal.engines.linkage.profiles.reading import Kind

# What the law of small numbers adds to each count.
SLIGHT = 0.5
AT_FIRST_CROSSED = 0.02
# What pairs have taught weighs as many records, against those of one state.
ANCHOR = 20.0


@dataclass(frozen=True, slots=True)
class Weights:
    """
    ``same``: how often a record of a person is at each level from the truth, (fields, LEVELS).
    ``crossed``: how often its names are written one for the other. ``new``: per code, how strongly
    a person's next one is new. ``homes``: the brothers and sisters that the file holds.
    """

    same: Floats
    crossed: float
    new: Floats
    homes: Homes = field(default_factory=Homes)


def world(encoded: Encoded, homes: Homes) -> tuple[Any, ...]:
    """What the kernels read and never change."""
    values = encoded.values
    return (
        encoded.given,
        encoded.family,
        encoded.truths,
        encoded.codes,
        values.begins,
        values.beside,
        values.level,
        values.far,
        values.vague,
        encoded.held,
        _among_relatives(encoded, homes),
    )


def _among_relatives(encoded: Encoded, homes: Homes) -> Floats:
    """How often two of one home hold the same family name, date or text, and code."""
    profile = encoded.profile
    truths = [
        homes.twins if profile.fields[place].kind is Kind.DATE else SAME_HOME
        for place in profile.of(Kind.DATE, Kind.TEXT)
    ]
    return np.array([SAME_NAME, *truths, *[SAME_HOME] * encoded.codes.shape[1]])


def logarithms(encoded: Encoded, weights: Weights) -> tuple[Any, ...]:
    """How much likelier each level is from one person than from a stranger, by role and value."""
    shares = encoded.values.shares
    least = SLIGHT / (len(encoded) + UNSEEN)
    told = np.zeros_like(shares)
    same = np.log(np.maximum(weights.same, 1e-12))
    for role in (GIVEN, FAMILY):
        told[role] = same[role] - np.log(np.maximum(shares[role], least))
    row = np.zeros(shares.shape[1], dtype=np.int64)
    for column, values in enumerate(encoded.truths.T):
        row[values[values >= 0]] = 2 + column
    told[TRUTH] = same[row] - np.log(np.maximum(shares[TRUTH], least))
    crossed = min(max(weights.crossed, 1e-6), 0.5)
    home = float(np.log(weights.homes.relatives / max(len(encoded), 1)))
    borne = float(np.log(max(weights.homes.homonyms, 1e-300) / max(len(encoded), 1)))
    return told, float(np.log1p(-crossed)), float(np.log(crossed)), weights.new, home, borne


def at_first(agreement: Agreement, codes: int) -> Weights:
    """From what was learnt on pairs; how codes change is read off how often pairs share them."""
    same = agreement.same
    alike = np.clip(same[len(same) - codes :, 0], 0.05, 0.999)
    shown = same[: len(same) - codes]
    return Weights(shown, AT_FIRST_CROSSED, 1.0 / alike - 1.0, agreement.homes)


def from_counts(first: Weights, ways: Floats, levels: Floats, drawn: Floats) -> Weights:
    """From how the records of one state agree with the truths of their groups, and from before."""
    counts = levels + ANCHOR * first.same
    same = counts / np.maximum(counts.sum(axis=1, keepdims=True), SLIGHT)
    same = never_oftener_renamed(same)
    crossed = float((ways[1] + ANCHOR * first.crossed) / (ways.sum() + ANCHOR))
    new = np.maximum(drawn[:, 1], SLIGHT) / np.maximum(drawn[:, 0], 1.0)
    return Weights(same, crossed, new, first.homes)
