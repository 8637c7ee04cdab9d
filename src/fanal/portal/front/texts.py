"""Every text that the public may read, who read it again, and which wait or have grown old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from fanal.ground.shell.texts import A_YEAR, texts_here
from fanal.helpline.chats.queries import listed_phrases
from fanal.portal.front.editions import editions
from fanal.prevent.exchange.queries import published

TO_REVIEW, OLD, RECENT = "À relire", "Plus d’un an", "Relu depuis moins d’un an"


@dataclass(frozen=True, slots=True)
class Said:
    """``state``: one of the three above."""

    kind: str
    title: str
    href: str
    reviewed_by: str
    reviewed_on: date | None
    state: str


def public_texts(*, on: date) -> list[Said]:
    """
    Those to be reviewed first, then the oldest.

    Ready phrases are those that whoever asks may see: their helpline's own.
    """
    found = [
        Said(kind, title, href, by, day, _state(by, day, on=on))
        for kind, title, href, by, day in _all()
    ]
    order = (TO_REVIEW, OLD, RECENT)
    return sorted(found, key=lambda one: (order.index(one.state), one.reviewed_on or date.min))


def _all() -> Iterator[tuple[str, str, str, str, date | None]]:
    for text in texts_here():
        yield "Page", text.title, _address(text.route), text.reviewed_by, text.reviewed_on
    for name, edition in editions().items():
        href = reverse("front:start", args=[name])
        title = f"Par où commencer ({edition.guide.label})"
        by, day = "", None
        if edition.review is not None:
            by, day = edition.review.reviewer, localdate(edition.review.reviewed_at)
        yield "Repères", title, href, by, day
    for entry in published():
        href = reverse("exchange:entry", args=[entry.ref])
        day = localdate(entry.reviewed_at) if entry.reviewed_at else None
        # Two people have read it; what is public does not say who.
        yield "Question publiée", entry.title, href, "deux personnes", day
    for phrase in listed_phrases():
        by = phrase.reviewed_by.name if phrase.reviewed_by else ""
        day = localdate(phrase.reviewed_at) if phrase.reviewed_at else None
        yield "Phrase prête", phrase.title, reverse("chats:phrases"), by, day


def _address(route: str) -> str:
    """Empty for the page of one thing."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _state(by: str, day: date | None, *, on: date) -> str:
    if not by or day is None:
        return TO_REVIEW
    return OLD if on - day > A_YEAR else RECENT
