"""
The words of a return code: drawn from a public list, and read as they are typed.

2,048 plain French words. No two are one letter apart, so that a slip of the finger gives no other
word of the list; none needs an accent to be typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from fanal.ground.errors import Refusal

LIST = Path(__file__).parent / "data" / "words.txt"
WORDS, TAG_WORDS = 5, 2
LONGEST_TYPED = 200
SAID = {2: "deux", 3: "trois", 4: "quatre"}
# What is copied from a page may bring signs that nobody sees inside a word.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060\ufeff"))
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"}) | UNSEEN

Choose = Callable[[Sequence[str]], str]


class UnreadableCode(Refusal):
    """What was typed cannot be a code: nothing is looked up for it, it counts for no try."""


def listed() -> Sequence[str]:
    """The words as one writes them, with their accents."""
    return tuple(_by_fold().values())


def draw(choose: Choose) -> tuple[str, ...]:
    """Five different words. ``choose`` takes one of a list, by chance."""
    drawn: list[str] = []
    while len(drawn) < WORDS:
        word = choose(listed())
        if word not in drawn:
            drawn.append(word)
    return tuple(drawn)


def draw_other(words: Sequence[str], choose: Choose) -> tuple[str, ...]:
    """The same with another last word: what one gives when forced to."""
    while True:
        word = choose(listed())
        if word not in words:
            return (*words[:-1], word)


def read_code(typed: str) -> tuple[str, ...]:
    """
    Five words of the list, folded: whatever the capitals, accents, spaces, hyphens; run together,
    when they can be told apart in one way alone.

    >>> read_code("Abeille, PATE-farine zebre   zénith")
    ('abeille', 'pate', 'farine', 'zebre', 'zenith')
    >>> read_code("abeillepate farinezebrezénith")
    ('abeille', 'pate', 'farine', 'zebre', 'zenith')

    Raises:
        UnreadableCode: not five words, or words that are not in the list; the list is public.
    """
    folded = re.findall(r"[a-z]+", fold(typed[:LONGEST_TYPED]))
    apart = _told_apart("".join(folded), WORDS)
    if len(folded) != WORDS and len(apart) == 1:
        return apart[0]
    strange = [
        (place, word) for place, word in enumerate(folded, start=1) if word not in _by_fold()
    ]
    if len(folded) != WORDS:
        raise UnreadableCode(_count(len(folded)))
    if strange:
        raise UnreadableCode(" ".join(_strange(place, word) for place, word in strange))
    return tuple(folded)


def fold(text: str) -> str:
    """Small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(one for one in plain if not unicodedata.combining(one))


@cache
def _by_fold() -> dict[str, str]:
    return {fold(word): word for word in LIST.read_text(encoding="utf-8").split()}


def _told_apart(letters: str, number: int) -> list[tuple[str, ...]]:
    """Each way in which these letters are so many words of the list."""
    if number == 0 or not letters:
        return [()] if number == 0 and not letters else []
    return [
        (letters[:end], *rest)
        for end in range(1, len(letters) + 1)
        if letters[:end] in _by_fold()
        for rest in _told_apart(letters[end:], number - 1)
    ]


def _count(number: int) -> str:
    if number == 0:
        return "Il faut les cinq mots du code."
    if number == 1:
        return "Il faut les cinq mots du code ; il y en a un seul."
    return f"Il faut cinq mots, et non {SAID.get(number, number)}."


def _strange(place: int, word: str) -> str:
    near = [written for folded, written in _by_fold().items() if one_apart(word, folded)]
    guess = f" Peut-être {' ou '.join(f'« {one} »' for one in near)} ?" if near else ""
    return f"Le mot {place}, « {word} », n’est d’aucun code.{guess}"


def one_apart(one: str, other: str) -> bool:
    """Whether a letter more, less or other makes one of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    left = one[start:] if len(one) < len(other) else one[start + 1 :]
    return one != other and left == other[start + 1 :]
