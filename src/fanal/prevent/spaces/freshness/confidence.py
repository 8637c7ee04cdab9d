"""
How sure an entry is: its reasons, in the words of a person who keeps the directory.

It is about a place. It orders the list that a person reads, and decides nothing: who looks for a
place sees none of it but the age of what was confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fanal.prevent.spaces.freshness.terms import WEIGHTS, DoubtSource
from fanal.prevent.spaces.terms import FRESH, SAID

DAYS_A_MONTH = 30.44
# What one relies upon before one goes there.
RELIED_UPON = ("phone", "address", "hours", "website")
SAYING: dict[str, tuple[str, str]] = {
    DoubtSource.CLOSED: ("le lieu dit avoir fermé", "le lieu dit avoir fermé ({} fois)"),
    DoubtSource.REFERRAL: (
        "une orientation n’a pas abouti",
        "{} orientations n’ont pas abouti",
    ),
    DoubtSource.BOUNCE: ("un courriel est revenu", "{} courriels sont revenus"),
    DoubtSource.WRONG_NUMBER: (
        "une personne dit que le numéro ne répond pas",
        "{} personnes disent que le numéro ne répond pas",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What is known of an entry.

    ``verified``: by field, the day when somebody made sure, as ISO writes it. ``doubts``: by
    source, how many wait since then. ``amended``: how many words of the structure itself wait.
    """

    verified: Mapping[str, str]
    verified_on: date | None
    source_date: str
    doubts: Mapping[str, int]
    amended: int = 0


@dataclass(frozen=True, slots=True)
class Confidence:
    """``weight``: of its doubts, each source stopping at a few; more is less sure."""

    weight: int
    is_fresh: bool
    reasons: tuple[str, ...]


def confidence_of(entry: Entry, *, on: date) -> Confidence:
    """
    >>> entry = Entry({"phone": "2026-01-10"}, date(2026, 1, 10), "2022-11", {"wrong_number": 40})
    >>> found = confidence_of(entry, on=date(2026, 9, 10))
    >>> found.weight, found.is_fresh
    (6, False)
    >>> found.reasons[0]
    '40 personnes disent que le numéro ne répond pas'
    """
    fresh = entry.verified_on is not None and on - entry.verified_on <= FRESH
    reasons = [_said(source, count) for source, count in _heaviest(entry.doubts)]
    if entry.amended:
        reasons.append("le lieu propose une correction")
    reasons += _ages(entry, fresh=fresh, on=on)
    return Confidence(weight_of(entry.doubts), fresh, tuple(reasons))


def weight_of(doubts: Mapping[str, int]) -> int:
    """Each source counts to its own limit: a flood weighs no more than a few people."""
    return sum(weight * min(doubts.get(one, 0), most) for one, (weight, most) in WEIGHTS.items())


def old_fields(verified: Mapping[str, str], *, on: date) -> tuple[str, ...]:
    """Of the fields that were confirmed, those that nobody made sure of for six months."""
    return tuple(
        name
        for name in SAID
        if (written := verified.get(name)) and on - date.fromisoformat(written) > FRESH
    )


def _heaviest(doubts: Mapping[str, int]) -> list[tuple[str, int]]:
    known = [(one, doubts[one]) for one in WEIGHTS if doubts.get(one)]
    return sorted(known, key=lambda one: -weight_of({one[0]: one[1]}))


def _said(source: str, count: int) -> str:
    one, many = SAYING[source]
    return one if count == 1 else many.format(count)


def _ages(entry: Entry, *, fresh: bool, on: date) -> list[str]:
    if entry.verified_on is None:
        since = f" (source de {entry.source_date})" if entry.source_date else ""
        return [f"jamais confirmé{since}"]
    if not fresh:
        months = round((on - entry.verified_on).days / DAYS_A_MONTH)
        return [f"confirmé il y a {months} mois"]
    old = [SAID[name].lower() for name in old_fields(entry.verified, on=on) if name in RELIED_UPON]
    return [f"plus de six mois pour : {', '.join(old)}"] if old else []
