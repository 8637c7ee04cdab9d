"""What a reader is shown: each group, why each link was made, and what was refused and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from fanal.engines.clustering.contacts.extracting import Contact
from fanal.engines.clustering.contacts.folding import as_written
from fanal.engines.clustering.grouping import Grouping
from fanal.engines.clustering.linking import (
    VERSION,
    WRONG,
    WRONG_ALONE,
    Limits,
    Refusal,
    Rule,
)  # fmt: skip
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.running import Clustering
from fanal.engines.clustering.slots.templates import templates

NAMES = {
    Rule.CONTACT: "same_contact",
    Rule.CONTACT_ALONE: "contact_alone",
    Rule.CONTACTS: "several_contacts",
    Rule.WORDS: "same_words",
    Refusal.APART: "texts_apart",
    Refusal.ONE_TEXT: "one_text",
    Refusal.ELSEWHERE: "elsewhere",
}
SAID = {
    Rule.CONTACT: "Un contact commun, et des mots que le hasard met rarement ensemble.",
    Rule.CONTACT_ALONE: "Un contact commun ; ces textes disent trop peu pour le démentir.",
    Rule.CONTACTS: "Plusieurs textes de chaque groupe ont un contact commun et se ressemblent.",
    Rule.WORDS: "Le hasard n'aurait donné autant de mots communs à aucune des paires comparées.",
    Refusal.APART: "Un contact commun, mais des textes trop différents : il peut être faux.",
    Refusal.ONE_TEXT: "Un seul texte tient ces deux groupes ensemble : ce sont deux candidats.",
    Refusal.ELSEWHERE: "Ce texte seul est déjà joint au groupe dont il est le plus proche.",
}
QUOTED_CONTACT = "Des textes étrangers les uns aux autres le citent : il ne dit pas qui écrit."
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Shown:
    """
    Texts and their groups, to be shown. ``clusters``: the number of each text's group.
    ``grouping``: its places are those of these texts. ``quoted``: contacts that do not say who
    writes.
    """

    names: Sequence[str]
    said: Sequence[str]
    contacts: Sequence[Sequence[Contact]]
    clusters: Sequence[int]
    grouping: Grouping
    limits: Limits
    quoted: Sequence[tuple[str, str]]


def shown(found: Clustering) -> Shown:
    """All the texts of a clustering."""
    keys = zip(found.carried.keys, found.quoted.tolist(), strict=True)
    return Shown(
        found.texts.names, found.texts.texts, found.corpus.contacts, found.clusters,
        found.grouping, found.limits, [key for key, quoted in keys if quoted],
    )  # fmt: skip


def as_json(found: Shown) -> dict[str, Any]:
    """The published format: groups of two texts or more, their cards, and what is refused."""
    members: dict[int, list[int]] = {}
    for place, number in enumerate(found.clusters):
        members.setdefault(number, []).append(place)
    several = {number: places for number, places in members.items() if len(places) > 1}
    cards: dict[int, list[dict[str, Any]]] = {}
    made = _Cards(found)
    for number, card in made.kept():
        cards.setdefault(number, []).append(card)
    told = templates(list(several.values()), found.said, found.contacts)
    return {
        "version": VERSION,
        "thresholds": {
            NAMES[Rule.CONTACT]: round(found.limits.sure, 2),
            NAMES[Rule.CONTACTS]: round(found.limits.likely, 2),
            NAMES[Rule.WORDS]: {"wrong": WRONG, "wrong_alone": WRONG_ALONE},
        },
        "texts": len(found.names),
        "clusters": [
            {
                "cluster": number,
                "texts": [found.names[place] for place in places],
                "template": template.said,
                "varying": template.parts,
                "links": cards[number],
            }
            for (number, places), template in zip(several.items(), told, strict=True)
        ],
        "refused": list(made.refused()),
        "quoted": [
            {"kind": kind, "value": value, "reason": QUOTED_CONTACT} for kind, value in found.quoted
        ],
    }


def written(found: Shown) -> str:
    """The same as text, a line for each group and each refusal."""
    told = as_json(found)
    lines = []
    for key, value in told.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            rows = ",\n".join(json.dumps(one, ensure_ascii=False) for one in value)
            said = f"[\n{rows}\n]"
        lines.append(f"{json.dumps(key)}: {said}")
    return "{\n" + ",\n".join(lines) + "\n}"


class _Cards:
    """Cards of one clustering; how each text writes its contacts is read once."""

    def __init__(self, found: Shown) -> None:
        self.found = found
        self.read: dict[int, dict[tuple[str, str], str]] = {}

    def kept(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for pairs, rule, least in self.found.grouping.kept:
            for (one, other, likeness), threshold in zip(_rows(pairs), least.tolist(), strict=True):
                card = self._card(one, other, likeness) | {
                    "rule": NAMES[rule],
                    "reason": SAID[rule],
                    "threshold": round(threshold, 2) if rule is not Rule.CONTACT_ALONE else None,
                }
                yield self.found.clusters[one], card

    def refused(self) -> Iterator[dict[str, Any]]:
        clusters = self.found.clusters
        for pairs, refusal in self.found.grouping.refused:
            for one, other, likeness in _rows(pairs):
                yield self._card(one, other, likeness) | {
                    "refused": NAMES[refusal],
                    "reason": SAID[refusal],
                    "clusters": [clusters[one], clusters[other]],
                }

    def _card(self, one: int, other: int, likeness: float) -> dict[str, Any]:
        names, said = self.found.names, self.found.said
        mine, theirs = self._written(one), self._written(other)
        return {
            "version": VERSION,
            "texts": [names[one], names[other]],
            "likeness": round(likeness, 2),
            "chance": float(f"{exp(-max(0.0, likeness)):.1e}"),
            "shared": [
                {"kind": kind, "value": value, "written": [written, theirs[kind, value]]}
                for (kind, value), written in mine.items()
                if (kind, value) in theirs
            ],
            "quotations": [said[one][:LONGEST], said[other][:LONGEST]],
        }

    def _written(self, place: int) -> dict[tuple[str, str], str]:
        if place not in self.read:
            found = self.found.contacts[place]
            said = as_written(self.found.said[place], [one[2:] for one in found])
            self.read[place] = dict(zip((one[:2] for one in found), said, strict=True))
        return self.read[place]


def _rows(pairs: Pairs) -> Iterator[tuple[int, int, float]]:
    return zip(pairs.ones.tolist(), pairs.others.tolist(), pairs.likeness.tolist(), strict=True)
