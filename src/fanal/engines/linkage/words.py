"""
How two written names agree, and all the pairs of a vocabulary that do.

Pairs within one or two slips share a string once as many letters are taken from each: Bocek, Hunt
and Stiller, Fast similarity search in large dictionaries (2007). A slip is a letter added, lost,
changed, or two neighbours swapped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import combinations

from fanal.engines.linkage.names.folding import joined
from fanal.engines.linkage.names.phonetics import sound
from fanal.engines.linkage.names.variants import variants


class WordLevel(IntEnum):
    """How two names or texts agree, the nearest first. Part of the published format."""

    EXACT = 0
    SOUND = 1
    SLIP = 2
    LOOSE = 3
    OTHER = 4


# Below these lengths, two slips make any word of another.
ONE_SLIP, TWO_SLIPS, PART = 3, 6, 4
# A part of a name that more names than this hold tells nothing.
CROWD, SOUNDS = 60, 2_000
Pair = tuple[int, int]


def near_names(names: Sequence[str]) -> dict[Pair, WordLevel]:
    """
    The pairs of these different folded names that agree at some level, lower place first.

    ``SOUND``: the same name to the ear, or in another language, or its short form; ``SLIP``: one
    slip from the other name or from a variant of it; ``LOOSE``: two slips, or a part in common.
    """
    words = [joined(name) for name in names]
    told = list(dict.fromkeys([*words, *(other for word in words for other in variants(word))]))
    place_of = {word: place for place, word in enumerate(told)}
    variant = {
        _ordered(place_of[word], place_of[other])
        for word in words
        for other in variants(word)
        if other != word
    }
    slips, loose = _slips(told)
    slips |= _one_further(variant, slips)
    # Two names may be one word written apart: what is told of words is told of names.
    held: dict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        held[place_of[word]].append(place)
    same = _sharing(range(len(names)), lambda place: (sound(words[place]),), SOUNDS)
    same |= {pair for places in held.values() for pair in combinations(places, 2)}
    return _nearest(
        same | _of_names(variant, held),
        _of_names(slips, held),
        _of_names(loose | _beginnings(told), held)
        | _sharing(range(len(names)), lambda place: _parts(names[place], words[place]), CROWD),
    )


def _of_names(pairs: Iterable[Pair], held: Mapping[int, Sequence[int]]) -> set[Pair]:
    return {
        _ordered(one, other)
        for pair in pairs
        for one in held.get(pair[0], ())
        for other in held.get(pair[1], ())
    }


def near_texts(texts: Sequence[str]) -> dict[Pair, WordLevel]:
    """The same for texts that have no sound: ``SLIP`` and ``LOOSE`` alone."""
    words = [joined(text) for text in texts]
    slips, loose = _slips(words)
    same = _sharing(range(len(words)), lambda place: (words[place],), SOUNDS)
    parts = _sharing(range(len(texts)), lambda place: _parts(texts[place], words[place]), CROWD)
    return _nearest(same, slips, loose | parts)


def _nearest(same: set[Pair], slips: set[Pair], loose: set[Pair]) -> dict[Pair, WordLevel]:
    told = dict.fromkeys(loose, WordLevel.LOOSE)
    told |= dict.fromkeys(slips, WordLevel.SLIP)
    told |= dict.fromkeys(same, WordLevel.SOUND)
    return told


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _sharing(places: Iterable[int], keys: Callable[[int], Iterable[str]], crowd: int) -> set[Pair]:
    """The pairs of places that share a key, but for the keys that more than ``crowd`` share."""
    held: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for key in keys(place):
            if key:
                held[key].append(place)
    return {
        pair
        for sharing in held.values()
        if len(sharing) <= crowd
        for pair in combinations(sharing, 2)
    }


def _parts(name: str, word: str) -> list[str]:
    parts = name.split()
    return [part for part in {*parts, word} if len(part) >= PART] if len(parts) > 1 else [word]


def _beginnings(words: Sequence[str]) -> set[Pair]:
    """A name and what is left of it once its end is cut."""
    place_of = {word: place for place, word in enumerate(words)}
    return {
        _ordered(place, place_of[word[:length]])
        for place, word in enumerate(words)
        for length in range(PART, len(word))
        if word[:length] in place_of
    }


def _slips(words: Sequence[str]) -> tuple[set[Pair], set[Pair]]:
    """The pairs one slip apart, and those two slips apart."""
    held: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        for left in _left(word):
            held[left].append(place)
    pairs = sorted({pair for places in held.values() for pair in combinations(places, 2)})
    apart = distances([words[one] for one, _ in pairs], [words[other] for _, other in pairs])
    one_slip: set[Pair] = set()
    two_slips: set[Pair] = set()
    for pair, slips in zip(pairs, apart, strict=True):
        shortest = min(len(words[pair[0]]), len(words[pair[1]]))
        if slips <= 1 and shortest >= ONE_SLIP:
            one_slip.add(pair)
        elif slips <= 2 and shortest >= TWO_SLIPS:  # noqa: PLR2004
            two_slips.add(pair)
    return one_slip, two_slips


def _left(word: str) -> set[str]:
    """The word, and what is left of it once one letter, or two of a longer one, are taken."""
    once = {word[:place] + word[place + 1 :] for place in range(len(word))}
    if len(word) < TWO_SLIPS:
        return {word, *once}
    twice = {one[:place] + one[place + 1 :] for one in once for place in range(len(one))}
    return {word, *once, *twice}


def distances(ones: Sequence[str], others: Sequence[str]) -> list[int]:
    """The slips between each two, counted to three."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    if not ones:
        return []
    told: list[int] = cpdist(ones, others, scorer=OSA.distance, score_cutoff=2, workers=1).tolist()
    return told


def _one_further(same: set[Pair], slips: set[Pair]) -> set[Pair]:
    """One slip from a variant is one slip."""
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in same:
        beside[one].append(other)
        beside[other].append(one)
    return {
        _ordered(variant, other)
        for pair in slips
        for one, other in (pair, pair[::-1])
        for variant in beside[one]
        if variant != other
    }


@dataclass(frozen=True, slots=True)
class _Heard:
    """A folded name, in one word, to the ear, in its other forms and in its parts."""

    word: str
    sound: str
    forms: tuple[str, ...]
    parts: frozenset[str]


@lru_cache(maxsize=1 << 16)
def _heard(name: str) -> _Heard:
    word = joined(name)
    return _Heard(word, sound(word), variants(word), frozenset(_parts(name, word)))


def level(one: str, other: str) -> WordLevel:
    """How two folded names agree, as ``near_names`` says it of a whole vocabulary."""
    if one == other:
        return WordLevel.EXACT
    first, second = _heard(one), _heard(other)
    slips = any(_is_a_slip(first.word, form) for form in second.forms) or any(
        _is_a_slip(form, second.word) for form in first.forms
    )
    return _level(first, second, slips=slips)


def _level(first: _Heard, second: _Heard, *, slips: bool) -> WordLevel:
    if first.sound == second.sound or second.word in first.forms or first.word in second.forms:
        return WordLevel.SOUND
    if slips:
        return WordLevel.SLIP
    shorter = min(len(first.word), len(second.word))
    if not first.parts.isdisjoint(second.parts) or (
        shorter >= PART
        and (first.word.startswith(second.word) or second.word.startswith(first.word))
    ):
        return WordLevel.LOOSE
    near = shorter >= TWO_SLIPS and _apart(first.word, second.word) <= 2  # noqa: PLR2004
    return WordLevel.LOOSE if near else WordLevel.OTHER


def near(one: str, others: Sequence[str]) -> dict[str, WordLevel]:
    """
    Those of many folded names that agree with one, and how (``level``); all the rest are others.

    Slips are counted all at once: it is how one person is looked for among hundreds.
    """
    mine, theirs = _heard(one), [_heard(other) for other in others]
    words = _within(1, mine.forms, [heard.word for heard in theirs])
    words |= _within(2, [mine.word], [heard.word for heard in theirs])
    forms = _within(1, [mine.word], [form for heard in theirs for form in heard.forms])
    return {
        other: level(one, other)
        for other, heard in zip(others, theirs, strict=True)
        if heard.sound == mine.sound
        or heard.word in words
        or not forms.isdisjoint(heard.forms)
        or not mine.parts.isdisjoint(heard.parts)
        or heard.word.startswith(mine.word)
        or mine.word.startswith(heard.word)
    }


def _within(slips: int, ones: Sequence[str], others: Iterable[str]) -> set[str]:
    """Those of ``others`` that are at most so many slips from one of ``ones``."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    words = list(dict.fromkeys(others))
    if not words:
        return set()
    near = cdist(ones, words, scorer=OSA.distance, score_cutoff=slips).min(axis=0) <= slips
    return {words[place] for place in near.nonzero()[0].tolist()}


def text_level(one: str, other: str) -> WordLevel:
    """How two folded texts agree, as ``near_texts`` says it."""
    if one == other:
        return WordLevel.EXACT
    first, second = joined(one), joined(other)
    if first == second:
        return WordLevel.SOUND
    slips, shorter = _apart(first, second), min(len(first), len(second))
    if slips <= 1 and shorter >= ONE_SLIP:
        return WordLevel.SLIP
    near = slips <= 2 and shorter >= TWO_SLIPS  # noqa: PLR2004
    parts = set(_parts(one, first)) & set(_parts(other, second))
    return WordLevel.LOOSE if near or parts else WordLevel.OTHER


def _is_a_slip(word: str, beside: str) -> bool:
    return min(len(word), len(beside)) >= ONE_SLIP and _apart(word, beside) <= 1


def _apart(word: str, beside: str) -> int:
    """The slips between two words, three for any more."""
    if abs(len(word) - len(beside)) > 2:  # noqa: PLR2004
        return 3
    apart: int = _measure()(word, beside, score_cutoff=2)
    return apart


@cache
def _measure() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    return OSA.distance
