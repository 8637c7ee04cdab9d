"""The text that a group shares, with a slot wherever its texts differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fanal.engines.clustering.contacts.extracting import Contact
from fanal.engines.clustering.contacts.folding import fold

WORD = re.compile(r"[a-z]+|\d+")
SHARED = 0.75
LONGEST = 60
SLOT, NUMBER, CONTACT = "[…]", "[nombre]", "[contact]"
MARK = "contactslot"


def template(texts: Sequence[str], carried: Sequence[Sequence[Contact]]) -> str:
    """
    The words that three texts in four share, in the order of the text that has most of them.

    What changes is a slot: « […] » for words, « [nombre] » for a number, « [contact] ».
    """
    split = [_words(text, found) for text, found in zip(texts, carried, strict=True)]
    times = Counter(word for words in split for word in set(words))
    kept = {word for word, seen in times.items() if seen >= SHARED * len(split)}
    best = max(split, key=lambda words: (len(kept & set(words)), -len(words)))
    told: list[str] = []
    for word in best:
        shown = _shown(word, kept)
        if not (told and shown == told[-1] and shown[0] == "["):
            told.append(shown)
    return " ".join(told[:LONGEST])


def _words(text: str, found: Sequence[Contact]) -> list[str]:
    folded = fold(text)
    for one in sorted(found, key=lambda one: -one.start):
        folded = f"{folded[: one.start]} {MARK} {folded[one.end :]}"
    return WORD.findall(folded)


def _shown(word: str, kept: set[str]) -> str:
    if word == MARK:
        return CONTACT
    if word.isdigit():
        return NUMBER
    return word if word in kept else SLOT
