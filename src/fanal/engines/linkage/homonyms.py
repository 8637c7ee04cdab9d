"""
How many records a file holds of people who bear the names of another, beyond what chance brings.

Two records of one name and surname are of one person, or of two. Dates tell which: those of one
person are written in two ways as often as services slip, those of two people hardly ever agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from fanal.engines.linkage.dates import DateLevel
from fanal.engines.linkage.encoding import FAMILY, GIVEN, MISSING, Encoded, Floats
from fanal.engines.linkage.profiles.reading import NAMES, Kind

# Fewer are what slips of the dates may show; and at most: no name is everybody's.
LEAST, MOST = 0.02, 2.0


def homonyms_of(
    encoded: Encoded,
    told: Sequence[tuple[tuple[str, ...], npt.NDArray[np.int8]]],
    same: Floats,
    strangers: Floats,
) -> float:
    """
    Records of a homonym, per record.

    Args:
        told: the levels of the pairs that share each key; those of both names alone are read.
        same, strangers: how often two records agree, shape (fields, LEVELS).
    """
    profile = encoded.profile
    if (NAMES,) not in dict(told) or not profile.of(Kind.DATE):
        return 0.0
    levels = dict(told)[NAMES,]
    row = 2 + profile.of(Kind.DATE, Kind.TEXT).index(profile.of(Kind.DATE)[0])
    alike = levels[(levels[:, GIVEN] == 0) & (levels[:, FAMILY] == 0)]
    dated = alike[alike[:, row] != MISSING, row]
    of_two, of_one = (float(rates[row, DateLevel.OTHER]) for rates in (strangers, same))
    if not dated.size or of_two <= of_one:
        return 0.0
    other = float((dated == DateLevel.OTHER).sum())
    two = (other - of_one * dated.size) / (of_two - of_one) * len(alike) / dated.size
    both = float(((encoded.given >= 0) & (encoded.family >= 0)).sum())
    chance = both**2 / 2.0 * float(strangers[GIVEN, 0] * strangers[FAMILY, 0])
    found = 2.0 * float(two - chance) / max(both, 1.0)
    return min(found, MOST) if found >= LEAST else 0.0
