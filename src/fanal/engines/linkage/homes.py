"""
How many brothers and sisters a file holds, and how many of them are twins.

Two records that share a phone and a family name, and not the given name, are two of one home, or
one person called otherwise, which is as rare as a family name that is another one. Nobody says
which; but the dates of two of one home agree when they are twins, and those of one person mostly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage.encoding import FAMILY, GIVEN, MISSING, Encoded, Floats
from fanal.engines.linkage.profiles.reading import Kind
from fanal.engines.linkage.words import WordLevel

# What two of one home hold in common.
SAME_NAME, SAME_HOME = 0.8, 0.5
# What is believed of a file that shows no more.
RELATIVES, TWINS = 0.5, 0.05
# And at most: nothing is certain of a home.
MOST_RELATIVES, MOST_TWINS = 5.0, 0.5
# Pairs that what is believed of twins weighs, against those that are seen.
PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Homes:
    """
    ``relatives``: records of a brother or a sister that the file holds, per record. ``twins``: how
    often two of them have one birthday. ``homonyms``: records of somebody else of the same names,
    per record, beyond those that chance brings.
    """

    relatives: float = RELATIVES
    twins: float = TWINS
    homonyms: float = 0.0


def homes_of(
    encoded: Encoded,
    told: Sequence[tuple[tuple[str, ...], npt.NDArray[np.int8]]],
    same: Floats,
    strangers: Floats,
) -> Homes:
    """
    Args:
        told: the levels of the pairs that share each key; those of one code alone are read.
        same, strangers: how often two records agree, shape (fields, LEVELS).

    A file that shows fewer than is believed is not believed: it may be too small to show them.
    """
    profile = encoded.profile
    codes = {profile.columns[place]: place for place in profile.of(Kind.CODE)}
    found = Homes()
    for key, levels in told:
        if len(key) == 1 and key[0] in codes:
            column = profile.of(Kind.CODE).index(codes[key[0]])
            held = float((encoded.codes[:, column] >= 0).mean()) if len(encoded) else 0.0
            shown = len(encoded) * held**2 * SAME_NAME * SAME_HOME
            seen = _seen(levels, _birth(levels, encoded), same, strangers, shown)
            found = Homes(max(found.relatives, seen.relatives), max(found.twins, seen.twins))
    return Homes(min(found.relatives, MOST_RELATIVES), min(found.twins, MOST_TWINS))


def _birth(levels: npt.NDArray[np.int8], encoded: Encoded) -> npt.NDArray[np.int8]:
    """The level of the date, and that of a missing one where the profile has none."""
    profile = encoded.profile
    if not profile.of(Kind.DATE):
        return np.full(len(levels), MISSING, dtype=np.int8)
    return levels[:, 2 + profile.of(Kind.DATE, Kind.TEXT).index(profile.of(Kind.DATE)[0])]


def _seen(
    levels: npt.NDArray[np.int8],
    date: npt.NDArray[np.int8],
    same: Floats,
    strangers: Floats,
    shown: float,
) -> Homes:
    """
    Args:
        date: its level, for the same pairs.
        shown: records of a relative that would be seen so, were there one for each record.
    """
    given, family = levels[:, GIVEN], levels[:, FAMILY]
    kin = (family >= 0) & (family <= WordLevel.SLIP)
    near, other = kin & (given >= 0) & (given < WordLevel.OTHER), kin & (given == WordLevel.OTHER)
    # Strangers share a phone that many have had, and a name by chance.
    alike = float(strangers[FAMILY, : WordLevel.SLIP + 1].sum())
    chance = int((family == WordLevel.OTHER).sum()) * alike / max(1.0 - alike, alike, 1e-9)
    renamed = float(same[FAMILY, WordLevel.OTHER] * near.sum())
    relatives = float(other.sum()) - renamed - chance
    if relatives <= 0.0 or shown <= 0.0:
        return Homes()
    return Homes(2.0 * relatives / shown, _twins(date, near, other, relatives, renamed))


def _twins(
    date: npt.NDArray[np.int8],
    near: npt.NDArray[np.bool_],
    other: npt.NDArray[np.bool_],
    relatives: float,
    renamed: float,
) -> float:
    """How often relatives have one birthday, from how often it is written the same way."""
    of_one, dated = near & (date >= 0), other & (date >= 0)
    written = float((date[of_one] == 0).mean()) if of_one.any() else 0.0
    if not dated.any() or written <= 0.0:
        return TWINS
    alike = float((date[dated] == 0).sum()) / written
    share = float(dated.sum()) / float(other.sum())
    return (alike - renamed * share + PRIOR * TWINS) / (relatives * share + PRIOR)
