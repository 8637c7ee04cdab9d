"""
Groups that no single link or text holds together.

A connected component believes its worst link. Here what is sure makes the groups; a group that one
text holds together is two candidates; then two groups join when several texts of both say so, and
a text alone joins one group only, the nearest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Floats, Ints
from fanal.engines.clustering.linking import Refusal, Rule
from fanal.engines.clustering.pairs import Bools, Pairs
from fanal.engines.clustering.wholes import Wholes

ROUNDS, SEVERAL = 8, 2
# The part of a group's texts that may quote somebody else's contact, and how many never do.
QUOTING, ENOUGH = 0.1, 20
# Groups that share a contact are strangers when they are less alike than this part of their own.
STRANGERS = 0.2


@dataclass(frozen=True, slots=True)
class Agreed:
    """
    What links say of each two groups: the nearest link; the mean likeness; that of the nearest link
    that shares with the first one no text, but a text alone; how many texts of each side; and the
    groups' sizes.
    """

    first: Pairs
    means: Floats
    seconds: Floats
    texts: Ints
    sizes: Ints

    def several(self) -> Bools:
        """Whether two texts of each side speak, or the one there is."""
        found: Bools = np.all(self.texts >= np.minimum(SEVERAL, self.sizes), axis=1)
        return found

    def many(self) -> Bools:
        """Whether they are more of each side than would quote a stranger."""
        some = np.clip(np.ceil(self.sizes * QUOTING), SEVERAL, ENOUGH)
        found: Bools = np.all(self.texts >= np.minimum(some, self.sizes), axis=1)
        return found


@dataclass(slots=True)
class Grouping:
    """
    Texts, joined step by step; the least place names each group. ``kept``: links that made the
    groups, with their rule and how like each had to be; ``refused``: links that joined nothing.
    """

    above: Ints
    kept: list[tuple[Pairs, Rule, Floats]] = field(default_factory=list)
    refused: list[tuple[Pairs, Refusal]] = field(default_factory=list)

    @classmethod
    def of_one(cls, size: int) -> Grouping:
        """Each text in a group of its own."""
        return cls(np.arange(size, dtype=np.int32))

    def groups(self) -> Ints:
        from fanal.engines.clustering.kernels.graphs import roots

        found: Ints = roots(self.above)
        return found

    def join_sure(
        self,
        pairs: Pairs,
        rules: npt.NDArray[np.int8],
        least: Floats,
        wholes: Wholes | None = None,
    ) -> None:
        """
        Join what is linked, but for what one text alone would hold together, and for two groups
        that share a contact and are strangers as wholes.

        ``rules``, ``least``: of each pair, why it is linked, and how like it had to be.
        """
        from fanal.engines.clustering.kernels.graphs import cuts, join

        order = pairs.nearest_first()
        pairs, rules, least = pairs.where(order), rules[order], least[order]
        cut = cuts(self.above.size, pairs.ones, pairs.others, pairs.likeness)
        self.refused.append((pairs.where(cut), Refusal.ONE_TEXT))
        pairs, rules, least = pairs.where(~cut), rules[~cut], least[~cut]
        if wholes is None:
            joined = join(self.above, pairs.ones, pairs.others)
        else:
            parts = np.where(rules == Rule.CONTACT, STRANGERS, 0).astype(np.float32)
            told = wholes.join(self.above, pairs, parts)
            self.refused.append((pairs.where(told < 0), Refusal.WHOLES))
            joined = told > 0
        for rule in Rule:
            held = joined & (rules == rule)
            self.kept.append((pairs.where(held), rule, least[held]))

    def join_agreed(
        self,
        pairs: Pairs,
        rule: Rule,
        judged: Callable[[Agreed], tuple[Floats, Floats]],
        without: Bools,
    ) -> None:
        """
        Join groups of which links say so, the surest first.

        ``judged``: how sure, and least. ``without``: texts that give no contact: alone, they join
        one group and no more, as a single text does; then they speak for nobody.
        """
        from fanal.engines.clustering.kernels.graphs import settled

        pairs = pairs.falling()
        for _ in range(ROUNDS):
            of = self.groups()
            pairs = pairs.across(of)
            agreed = agreement(of, pairs)
            strength, least = judged(agreed)
            held = np.flatnonzero(strength >= least)
            held = held[np.argsort(-strength[held], kind="stable")]
            first = agreed.first.where(held)
            once = np.bincount(of, minlength=of.size) == 1
            once |= np.bincount(of[~without], minlength=of.size) == 0
            told = settled(self.above, once, of[first.ones], of[first.others])
            self.kept.append((first.where(told > 0), rule, least[held][told > 0]))
            one, other = of[first.ones[told > 0]], of[first.others[told > 0]]
            guests = np.append(one[once[one] & ~once[other]], other[once[other] & ~once[one]])
            silent = np.isin(of, guests)
            pairs = pairs.where(~silent[pairs.ones] & ~silent[pairs.others])
            if not (told > 0).any():
                self.refused.append((first.where(told < 0), Refusal.ELSEWHERE))
                return


def agreement(of: Ints, pairs: Pairs) -> Agreed:
    """
    What links say of each two groups. ``of``: the group of each text; ``pairs``: links between two
    groups, the nearest first.
    """
    from fanal.engines.clustering.kernels.graphs import agreed, by_two

    one, other = of[pairs.ones], of[pairs.others]
    order = by_two(np.minimum(one, other), np.maximum(one, other), of.size)
    sizes = np.bincount(of, minlength=of.size).astype(np.int32)
    first, means, seconds, texts = agreed(
        of, sizes, pairs.ones, pairs.others, pairs.likeness, order
    )
    near = pairs.where(first)
    ends = np.stack([sizes[of[near.ones]], sizes[of[near.others]]], axis=1)
    return Agreed(near, means, seconds, texts, ends)
