"""What a reader is shown: each group, why each link was made, and what was refused and why."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import Any

from fanal.engines.clustering.linking import VERSION, WRONG, WRONG_ALONE, Refusal, Rule
from fanal.engines.clustering.running import Clustering
from fanal.engines.clustering.templates import template

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
SHOWN = 240


def as_json(found: Clustering) -> dict[str, Any]:
    """The published format: groups of two texts or more, their cards, and what is refused."""
    members: dict[int, list[int]] = {}
    for place, number in enumerate(found.clusters):
        members.setdefault(number, []).append(place)
    cards: dict[int, list[dict[str, Any]]] = {}
    for number, card in _kept(found):
        cards.setdefault(number, []).append(card)
    return {
        "version": VERSION,
        "thresholds": {
            NAMES[Rule.CONTACT]: round(found.limits.sure, 2),
            NAMES[Rule.CONTACTS]: round(found.limits.likely, 2),
            NAMES[Rule.WORDS]: {"wrong": WRONG, "wrong_alone": WRONG_ALONE},
        },
        "texts": len(found.texts),
        "clusters": [
            {
                "cluster": number,
                "texts": [found.texts.names[place] for place in places],
                "template": template(
                    [found.texts.texts[place] for place in places],
                    [found.corpus.contacts[place] for place in places],
                ),
                "links": cards[number],
            }
            for number, places in members.items()
            if len(places) > 1
        ],
        "refused": list(_refused(found)),
        "quoted": [
            {"kind": kind, "value": value, "reason": QUOTED_CONTACT}
            for row, (kind, value) in enumerate(found.carried.keys)
            if found.quoted[row]
        ],
    }


def _kept(found: Clustering) -> Iterator[tuple[int, dict[str, Any]]]:
    for pairs, rule, least in found.grouping.kept:
        for one, other, likeness, threshold in zip(
            pairs.ones.tolist(), pairs.others.tolist(), pairs.likeness.tolist(), least.tolist(),
            strict=True,
        ):  # fmt: skip
            card = _card(found, one, other, likeness) | {
                "rule": NAMES[rule],
                "reason": SAID[rule],
                "threshold": round(threshold, 2) if rule is not Rule.CONTACT_ALONE else None,
            }
            yield found.clusters[one], card


def _refused(found: Clustering) -> Iterator[dict[str, Any]]:
    for pairs, refusal in found.grouping.refused:
        for one, other, likeness in zip(
            pairs.ones.tolist(), pairs.others.tolist(), pairs.likeness.tolist(), strict=True
        ):
            yield _card(found, one, other, likeness) | {
                "refused": NAMES[refusal],
                "reason": SAID[refusal],
                "clusters": [found.clusters[one], found.clusters[other]],
            }


def _card(found: Clustering, one: int, other: int, likeness: float) -> dict[str, Any]:
    said, contacts = found.texts.texts, found.corpus.contacts
    theirs = {contact[:2]: contact for contact in contacts[other]}
    return {
        "version": VERSION,
        "texts": [found.texts.names[one], found.texts.names[other]],
        "likeness": round(likeness, 2),
        "chance": float(f"{exp(-max(0.0, likeness)):.1e}"),
        "shared": [
            {
                "kind": mine.kind,
                "value": mine.value,
                "written": [
                    mine.written(said[one]), theirs[mine[:2]].written(said[other]),
                ],
            }
            for mine in contacts[one]
            if mine[:2] in theirs
        ],
        "quotations": [said[one][:SHOWN], said[other][:SHOWN]],
    }  # fmt: skip
