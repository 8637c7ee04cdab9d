"""
Links between texts, each by one of three rules; what a rule refuses is kept with its reason.

Formulaic texts are alike by the thousand and one wrong contact joins two cases: texts are linked by
their words alone only when these are very close, and by a contact only when the words agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.contacts.extracting import Contact, contacts
from fanal.engines.clustering.contacts.folding import fold

# Part of every card: it changes with any rule or threshold.
VERSION = "1"
SAME_TEXT, SAME_CONTACT, LIKELY_CONTACT = 0.75, 0.50, 0.40
BANDS, ROWS, NEXT_AT_MOST, ROOM = 20, 5, 40, 1 << 20
# A contact that more texts than this share is tied to the next ones alone.
CARRIERS = 60
WORDS = re.compile(r"[a-z]+")


class Rule(StrEnum):
    """Why two texts are linked. Part of the published format."""

    TEXT = "same_text"
    CONTACT = "same_contact"
    LIKELY = "likely_contact"


THRESHOLDS = {
    Rule.TEXT: SAME_TEXT,
    Rule.CONTACT: SAME_CONTACT,
    Rule.LIKELY: LIKELY_CONTACT,
}


@dataclass(frozen=True, slots=True)
class Link:
    """``one`` < ``other``: places of two texts. ``likeness``: Jaccard's index of their words."""

    one: int
    other: int
    rule: Rule | None
    likeness: float
    shared: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The contacts of each text, the links, and the pairs that a contact alone would join."""

    contacts: tuple[tuple[Contact, ...], ...]
    links: tuple[Link, ...]
    refused: tuple[Link, ...]


def find_links(texts: Sequence[str]) -> Found:
    """All links of these texts by the three rules, nearest first."""
    from fanal.engines.clustering.kernels.nearness import likenesses, shingles

    carried = tuple(tuple(contacts(text)) for text in texts)
    words = [_words(text, found).encode() for text, found in zip(texts, carried, strict=True)]
    content = np.frombuffer(b" ".join([*words, b""]), dtype=np.uint8)
    starts = np.cumsum([0, *(len(one) + 1 for one in words)])
    held, begins = shingles(content, starts)
    shared = _shared(carried)
    near = {(int(one), int(other)) for one, other in _near(held, begins)}
    pairs = np.array(sorted(near | shared.keys()), dtype=np.int64).reshape(-1, 2)
    links: list[Link] = []
    refused: list[Link] = []
    for (one, other), likeness in zip(
        pairs.tolist(), likenesses(held, begins, pairs).tolist(), strict=True
    ):
        common = tuple(shared.get((one, other), ()))
        rule = _rule(likeness, bool(common))
        if rule or common:
            (links if rule else refused).append(Link(one, other, rule, likeness, common))
    links.sort(key=lambda link: -link.likeness)
    return Found(carried, tuple(links), tuple(refused))


def _words(text: str, found: Iterable[Contact]) -> str:
    """The words of a text without its contacts and numbers: what a template keeps."""
    folded = fold(text)
    for one in sorted(found, key=lambda one: -one.start):
        folded = f"{folded[: one.start]} {folded[one.end :]}"
    return " ".join(WORDS.findall(folded))


def _shared(
    carried: Sequence[Sequence[Contact]],
) -> dict[tuple[int, int], list[tuple[str, str]]]:
    carriers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, found in enumerate(carried):
        for contact in found:
            carriers[contact.kind, contact.value].append(place)
    shared: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for key, places in carriers.items():
        for rank, one in enumerate(places):
            for other in places[rank + 1 : rank + CARRIERS]:
                shared[one, other].append(key)
    return shared


def _near(held: npt.NDArray[np.uint64], begins: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    from fanal.engines.clustering.kernels.nearness import bands, likenesses, together

    texts = begins.size - 1
    found = [np.empty(0, dtype=np.int64)]
    for keys in bands(held, begins, BANDS, ROWS):
        order = np.argsort(keys, kind="stable")
        pairs, number = together(keys, order, NEXT_AT_MOST, ROOM)
        if number > ROOM:
            pairs, _ = together(keys, order, NEXT_AT_MOST, number)
        found.append(pairs[:, 0] * texts + pairs[:, 1])
    codes = np.unique(np.concatenate(found))
    pairs = np.stack([codes // texts, codes % texts], axis=1)
    near: npt.NDArray[np.int64] = pairs[likenesses(held, begins, pairs) >= SAME_TEXT]
    return near


def _rule(likeness: float, common: bool) -> Rule | None:
    if common and likeness >= SAME_CONTACT:
        return Rule.CONTACT
    if likeness >= SAME_TEXT:
        return Rule.TEXT
    return Rule.LIKELY if common and likeness >= LIKELY_CONTACT else None
