"""From pairs of texts that have been measured to groups."""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.carriers import ByContact
from fanal.engines.clustering.chance import Chance
from fanal.engines.clustering.corpus import Floats, Ints
from fanal.engines.clustering.grouping import Agreed, Grouping, agreement
from fanal.engines.clustering.linking import (
    ALONE,
    SEVERAL,
    STEADIER,
    WITHOUT,
    WRONG,
    WRONG_ALONE,
    Limits,
    Refusal,
    Rule,
    kinds_of,
    word_limit,
)  # fmt: skip
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.wholes import Wholes

KINDS = (WITHOUT, ALONE, SEVERAL)
# What part of their own likeness groups have that words alone join, by the texts of the smaller:
# the fewer, the more they are those that chose each other.
ALIKE = np.array([0.0, 0.0, 0.65, 0.65, 0.75])
# Of groups of so many texts that are near, and near no other, chance makes one in so many as alike
# as the texts of each, or nearly; where it makes formulas, nothing is known.
AS_EACH, ENOUGH, ONE_IN = 0.9, 3, 20.0


def provisional(size: int, carried: ByContact, rest: Floats, sure: float) -> Ints:
    """The groups that sure contacts make, before words are read."""
    grouping = Grouping.of_one(size)
    rules = carried.rules(rest, sure)
    pairs = carried.pairs.where(rules > 0)
    grouping.join_sure(pairs, rules[rules > 0], pairs.likeness)
    return grouping.groups()


def limits(groups: Ints, first: Ints, pairs: Pairs, chance: Chance) -> Limits:
    """How like groups of this corpus must be; ``groups``: as contacts make them."""
    kinds = kinds_of(groups, first)
    number = np.bincount(kinds[np.unique(groups)], minlength=len(KINDS)).astype(float)
    found = agreement(groups, pairs.across(groups).falling())
    ends = np.sort(np.stack([kinds[found.first.ones], kinds[found.first.others]]), axis=0)
    told = np.empty((len(KINDS), len(KINDS)))
    for low in KINDS:
        for high in KINDS[low:]:
            same = low == high
            compared = number[low] * (number[high] - same) / (1 + same)
            likeness = np.sort(found.seconds[(ends[0] == low) & (ends[1] == high)])[::-1]
            wrong = WRONG if low == SEVERAL else WRONG_ALONE
            # Where there is nothing to compare, as if it were everything: others may come.
            alone = chance.least(wrong / max(2, compared or groups.size**2 / 2))
            told[low, high] = told[high, low] = word_limit(
                likeness, compared * chance.expected(likeness), wrong, alone
            )
    return Limits(chance.sure, chance.likely, told, log(ONE_IN) if chance.slope >= 1 else 0.0)


def judge(
    first: Ints, wholes: Wholes, carried: ByContact, by_words: Pairs, limited: Limits
) -> Grouping:
    """
    The groups of texts.

    ``first``: a contact of each text, or -1.
    """
    rest = wholes.rest
    size = first.size
    kinds = kinds_of(provisional(size, carried, rest, limited.sure), first)
    ends = kinds[by_words.ones], kinds[by_words.others]
    alone = (np.maximum(*ends) < SEVERAL) & (by_words.likeness >= limited.words[ends])
    rules = carried.rules(rest, limited.sure)
    held = rules > 0
    grouping = Grouping.of_one(size)
    grouping.join_sure(
        carried.pairs.where(held).and_(by_words.where(alone)),
        np.append(rules[held], np.full(alone.sum(), Rule.WORDS, dtype=np.int8)),
        np.append(
            np.where(rules == Rule.CONTACT, limited.sure, 0)[held], limited.words[ends][alone]
        ),
        wholes,
    )
    without = first < 0
    grouping.join_agreed(
        carried.lenient(rest, limited.likely),
        Rule.CONTACTS,
        lambda found: _by_contacts(found, limited),
        without,
    )
    grouping.join_agreed(
        by_words,
        Rule.WORDS,
        lambda found: _by_words(found, grouping.groups(), kinds, limited, wholes),
        without,
    )
    _refuse(grouping, carried.pairs, limited.likely)
    return grouping


def _by_contacts(found: Agreed, limited: Limits) -> tuple[Floats, Floats]:
    """A contact that few of a group give may be a stranger's: their words must be sure of it."""
    likely = np.where(found.sizes.min(axis=1) == 1, limited.likely - STEADIER, limited.likely)
    asked = np.where(found.many(), likely, limited.sure)
    least = np.where(found.several(), asked, np.inf)
    return found.means, least.astype(np.float32)


def _by_words(
    found: Agreed, of: Ints, kinds: npt.NDArray[np.int8], limited: Limits, wholes: Wholes
) -> tuple[Floats, Floats]:
    """
    Words that chance would not have given; of groups of several, in one as in the other. A little
    less is asked of two that are near no other, and as alike as the texts of each.
    """
    whole = np.zeros(of.size, dtype=np.int8)
    np.maximum.at(whole, of, kinds)
    ones, others = of[found.first.ones], of[found.first.others]
    least = limited.words[whole[ones], whole[others]]
    sizes = found.sizes.min(axis=1)
    eased = np.where(sizes >= ENOUGH, limited.eased, 0)
    near = np.flatnonzero((sizes > 1) & (found.seconds >= least - eased))
    met = np.bincount(np.append(ones[near], others[near]), minlength=of.size)
    eased[np.maximum(met[ones], met[others]) > 1] = 0
    both = near[found.seconds[near] >= (least - eased)[near]]
    parts = wholes.parts(of, ones[both], others[both])
    least[both] -= np.where(parts >= AS_EACH, eased[both], 0)
    least[both[parts < ALIKE[np.minimum(sizes[both], ALIKE.size - 1)]]] = np.inf
    return found.seconds, least.astype(np.float32)


def _refuse(grouping: Grouping, pairs: Pairs, least: float) -> None:
    """Keep of what was refused what joins no group, each once, and add other contacts shared."""
    of = grouping.groups()
    refused: list[tuple[Pairs, Refusal]] = []
    seen = np.empty(0, dtype=np.int64)
    likely = pairs.likeness >= least
    told = [
        *grouping.refused,
        (pairs.where(likely), Refusal.ONE_TEXT),
        (pairs.where(~likely), Refusal.APART),
    ]
    for some, reason in told:
        codes = some.codes(of.size)
        kept = (of[some.ones] != of[some.others]) & ~np.isin(codes, seen)
        seen = np.append(seen, codes[kept])
        refused.append((some.where(kept), reason))
    grouping.refused = refused
