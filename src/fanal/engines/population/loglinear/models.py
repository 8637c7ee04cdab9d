"""
Hierarchical log-linear models, as sets of terms.

A capture history of ``t`` lists is a whole number whose bit ``i`` is set when list ``i`` saw the
person; a term is the number of the lists that it joins: 1, 2, 4 are main effects, 3 is the pair of
the first two lists. A hierarchical model holds, with each term, all that the term contains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

Terms = frozenset[int]


def mask(lists: Iterable[int]) -> int:
    """The term of these lists, numbered from 0."""
    return sum(1 << number for number in lists)


def main_effects(t: int) -> Terms:
    return frozenset(1 << number for number in range(t))


@cache
def pairs(t: int) -> tuple[int, ...]:
    """The pairs of lists, in the order 12, 13, …, 23, …"""
    return tuple(mask(pair) for pair in combinations(range(t), 2))


def of_order(t: int, order: int) -> tuple[int, ...]:
    return tuple(mask(some) for some in combinations(range(t), order))


def inside(term: int) -> Iterator[int]:
    """The terms that a term contains, itself and the empty one left out."""
    smaller = (term - 1) & term
    while smaller:
        yield smaller
        smaller = (smaller - 1) & term


def closed(generators: Iterable[int], t: int) -> Terms:
    """The hierarchical model that these terms generate, all main effects with them."""
    terms = set(main_effects(t))
    for generator in generators:
        terms.add(generator)
        terms.update(inside(generator))
    return frozenset(terms)


def generators(terms: Terms) -> list[int]:
    """The terms of a model that no other one contains."""
    return [
        term for term in sorted(terms) if not any(term != o and term & o == term for o in terms)
    ]


def name(terms: Terms, t: int) -> str:
    """
    A model as the literature writes it.

    >>> name(closed([0b11, 0b100], 3), 3)
    '[12;3]'
    """
    written = sorted(
        [number + 1 for number in range(t) if generator >> number & 1]
        for generator in generators(terms)
    )
    return "[" + ";".join("".join(map(str, one)) for one in written) + "]"


@cache
def hierarchical(t: int, order: int) -> tuple[Terms, ...]:
    """
    Every hierarchical model with all main effects and no term of more than ``order`` lists.

    The full model is among them when ``order`` reaches ``t``; with 5 lists there are 1,024 models
    of pairs, and 6,212 of order 3 or less.
    """
    found: set[Terms] = {main_effects(t)}
    for size in range(2, order + 1):
        of_size = of_order(t, size)
        for model in list(found):
            may_enter = [term for term in of_size if all(part in model for part in inside(term))]
            for number in range(1, len(may_enter) + 1):
                found.update(model | frozenset(some) for some in combinations(may_enter, number))
    return tuple(sorted(found, key=lambda model: (len(model), sorted(model))))
