"""Groups of texts, the template of each, and a card for every link that made or would join one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fanal.engines.clustering.grouping import ELSEWHERE, Groups, group
from fanal.engines.clustering.holding import ONE_TEXT
from fanal.engines.clustering.linking import THRESHOLDS, VERSION, Found, Link, Rule, find_links
from fanal.engines.clustering.reading import Texts
from fanal.engines.clustering.templates import template

APART = "texts_apart"
SAID = {
    Rule.TEXT: "Les deux textes ont presque les mêmes mots.",
    Rule.CONTACT: "Un contact commun, et des textes proches.",
    Rule.LIKELY: "Un contact commun, des textes assez proches, et une autre paire qui le confirme.",
    APART: "Un contact commun, mais des textes trop différents : il peut être faux.",
    ONE_TEXT: "Un seul texte tient ces deux groupes ensemble : ce sont deux candidats.",
    ELSEWHERE: "Ce texte seul est déjà joint au groupe dont il est le plus proche.",
}
QUOTED = 240


@dataclass(frozen=True, slots=True)
class Clustering:
    """``clusters``: the number of each text's group, from 1, in the order of the file."""

    texts: Texts
    found: Found
    groups: Groups
    clusters: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The published format: groups of two texts or more, their cards, and what is refused."""
        members: dict[int, list[int]] = {}
        cards: dict[int, list[dict[str, Any]]] = {}
        for place, number in enumerate(self.clusters):
            members.setdefault(number, []).append(place)
        for link in self.groups.kept:
            cards.setdefault(self.clusters[link.one], []).append(self._card(link))
        return {
            "version": VERSION,
            "thresholds": {rule.value: threshold for rule, threshold in THRESHOLDS.items()},
            "texts": len(self.texts),
            "clusters": [
                {
                    "cluster": number,
                    "texts": [self.texts.names[place] for place in places],
                    "template": template(
                        [self.texts.texts[place] for place in places],
                        [self.found.contacts[place] for place in places],
                    ),
                    "links": cards[number],
                }
                for number, places in members.items()
                if len(places) > 1
            ],
            "refused": self._refused(),
        }

    def _refused(self) -> list[dict[str, Any]]:
        across = [
            (link, APART)
            for link in self.found.refused
            if self.clusters[link.one] != self.clusters[link.other]
        ]
        return [
            self._card(link)
            | {
                "refused": reason,
                "reason": SAID[reason],
                "clusters": [self.clusters[link.one], self.clusters[link.other]],
            }
            for link, reason in [*self.groups.refused, *across]
        ]

    def _card(self, link: Link) -> dict[str, Any]:
        rule = link.rule or Rule.LIKELY
        ends = (link.one, link.other)
        return {
            "rule": rule.value,
            "reason": SAID[rule],
            "version": VERSION,
            "texts": [self.texts.names[place] for place in ends],
            "likeness": round(link.likeness, 4),
            "threshold": THRESHOLDS[rule],
            "shared": [
                {
                    "kind": kind,
                    "value": value,
                    "written": [self._written(p, kind, value) for p in ends],
                }
                for kind, value in link.shared
            ],
            "quotations": [self.texts.texts[place][:QUOTED] for place in ends],
        }

    def _written(self, place: int, kind: str, value: str) -> str:
        one = next(one for one in self.found.contacts[place] if one[:2] == (kind, value))
        return one.written(self.texts.texts[place])


def cluster(texts: Texts) -> Clustering:
    """The groups of these texts. Nothing but the texts is read."""
    found = find_links(texts.texts)
    groups = group(len(texts), found.links)
    numbers: dict[int, int] = {}
    clusters = tuple(numbers.setdefault(root, len(numbers) + 1) for root in groups.of)
    return Clustering(texts, found, groups, clusters)
