"""What a reader is shown: each group, why each link was made, and what was refused and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

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
from fanal.engines.contacts.extracting import Contact
from fanal.engines.contacts.folding import as_written

NAMES = {
    Rule.CONTACT: "same_contact",
    Rule.CONTACT_ALONE: "contact_alone",
    Rule.CONTACTS: "several_contacts",
    Rule.WORDS: "same_words",
    Refusal.APART: "texts_apart",
    Refusal.ONE_TEXT: "one_text",
    Refusal.ELSEWHERE: "elsewhere",
    Refusal.WHOLES: "groups_apart",
}
SAID = {
    Rule.CONTACT: "Un contact commun, et des mots que le hasard met rarement ensemble.",
    Rule.CONTACT_ALONE: "Un contact commun ; ces textes disent trop peu pour le démentir.",
    Rule.CONTACTS: "Plusieurs textes de chaque groupe ont un contact commun et se ressemblent.",
    Rule.WORDS: "Des mots communs que le hasard ne donne presque à aucune des paires comparées.",
    Refusal.APART: "Un contact commun, mais des textes trop différents : il peut être faux.",
    Refusal.ONE_TEXT: "Un seul texte tient ces deux groupes ensemble : ce sont deux candidats.",
    Refusal.WHOLES: "Deux textes se ressemblent, mais non les deux groupes, pris en entier.",
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
    return {key: value if _whole(value) else list(value) for key, value in _parts(found)}


def lines(found: Shown) -> Iterator[str]:
    """The same as text, line by line: one for each group and each refusal."""
    before = "{"
    for key, value in _parts(found):
        if _whole(value):
            yield f'{before}"{key}": {json.dumps(value, ensure_ascii=False)}'
            before = ", "
        else:
            yield f'{before}"{key}": ['
            yield from _apart(json.dumps(one, ensure_ascii=False) for one in value)
            before = "], "
    yield "]}"


def _whole(value: Any) -> bool:
    return not isinstance(value, Iterator)


def _apart(rows: Iterator[str]) -> Iterator[str]:
    """Each row with a comma after it, but the last."""
    held: str | None = None
    for row in rows:
        if held is not None:
            yield f"{held},"
        held = row
    if held is not None:
        yield held


def _parts(found: Shown) -> Iterator[tuple[str, Any]]:
    made = _Cards(found)
    yield "version", VERSION
    yield (
        "thresholds",
        {
            NAMES[Rule.CONTACT]: round(found.limits.sure, 2),
            NAMES[Rule.CONTACTS]: round(found.limits.likely, 2),
            NAMES[Rule.WORDS]: {"wrong": WRONG, "wrong_alone": WRONG_ALONE},
        },
    )
    yield "texts", len(found.names)
    yield "clusters", made.clusters()
    yield "refused", made.refused()
    yield "quoted", made.quoted()


class _Cards:
    """Cards of one clustering, made as they are asked for."""

    def __init__(self, found: Shown) -> None:
        self.found = found

    def clusters(self) -> Iterator[dict[str, Any]]:
        """The groups of several texts, in the order of their first text."""
        found = self.found
        members: dict[int, list[int]] = {}
        for place, number in enumerate(found.clusters):
            members.setdefault(number, []).append(place)
        several = {number: places for number, places in members.items() if len(places) > 1}
        links: dict[int, list[tuple[int, int, float, Rule, float]]] = {}
        for pairs, rule, least in found.grouping.kept:
            for row, threshold in zip(_rows(pairs), least.tolist(), strict=True):
                links.setdefault(found.clusters[row[0]], []).append((*row, rule, threshold))
        told = templates(list(several.values()), found.said, found.contacts)
        for (number, places), template in zip(several.items(), told, strict=True):
            yield {
                "cluster": number,
                "texts": [found.names[place] for place in places],
                "template": template.said,
                "varying": template.parts,
                "links": [self._kept(*link) for link in links[number]],
            }

    def refused(self) -> Iterator[dict[str, Any]]:
        clusters = self.found.clusters
        for pairs, refusal in self.found.grouping.refused:
            for one, other, likeness in _rows(pairs):
                yield self._card(one, other, likeness) | {
                    "refused": NAMES[refusal],
                    "reason": SAID[refusal],
                    "clusters": [clusters[one], clusters[other]],
                }

    def quoted(self) -> Iterator[dict[str, Any]]:
        for kind, value in self.found.quoted:
            yield {"kind": kind, "value": value, "reason": QUOTED_CONTACT}

    def _kept(
        self, one: int, other: int, likeness: float, rule: Rule, least: float
    ) -> dict[str, Any]:
        return self._card(one, other, likeness) | {
            "rule": NAMES[rule],
            "reason": SAID[rule],
            "threshold": round(least, 2) if rule is not Rule.CONTACT_ALONE else None,
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
        """The contacts of a text, as it writes them."""
        found = self.found.contacts[place]
        said = as_written(self.found.said[place], [one[2:] for one in found])
        return dict(zip((one[:2] for one in found), said, strict=True))


def _rows(pairs: Pairs) -> Iterator[tuple[int, int, float]]:
    return zip(pairs.ones.tolist(), pairs.others.tolist(), pairs.likeness.tolist(), strict=True)
