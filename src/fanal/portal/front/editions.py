"""
Which words a page may say: those that somebody reviewed, in this service, as they stand today.

A review is bound to the digest of the words: one letter changed, and it holds no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from fanal.portal.front.guide import EDITIONS, FRENCH, Guide, read_guide
from fanal.portal.front.models import GuideReview


@dataclass(frozen=True, slots=True)
class Edition:
    """The words of one edition, and who reviewed them as they are; None when nobody did."""

    guide: Guide
    review: GuideReview | None

    @property
    def is_shown(self) -> bool:
        """Words that nobody has reviewed are not said to somebody who is really in need."""
        return self.review is not None or not settings.FANAL_SERVICE


def text_of(edition: str) -> Guide:
    """The service's own words, where it has put some; ours otherwise."""
    if settings.FANAL_GUIDES:
        return read_guide(edition, Path(settings.FANAL_GUIDES))
    return read_guide(edition)


def editions() -> dict[str, Edition]:
    """All of them, in one question to the database."""
    last = {one.edition: one for one in GuideReview.objects.order_by("pk")}
    return {name: _edition(text_of(name), last.get(name)) for name in EDITIONS}


def choose(edition: str) -> tuple[Edition, Edition]:
    """The edition to show, French for one that may not be; then the one that was asked for."""
    every = editions()
    asked = every[edition]
    return (asked if asked.is_shown else every[FRENCH]), asked


def languages() -> list[Guide]:
    """Those that a page proposes."""
    return [one.guide for one in editions().values() if one.is_shown]


def _edition(guide: Guide, last: GuideReview | None) -> Edition:
    holds = last is not None and last.is_open and last.digest == guide.digest
    return Edition(guide, last if holds else None)
