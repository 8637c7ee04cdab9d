"""What a service says of the words that it shows: read by somebody who is named, or no longer."""

from __future__ import annotations

from datetime import datetime

from fanal.ground.access.asking import acting_as
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.portal.front.editions import editions, text_of
from fanal.portal.front.guide import EDITIONS, Guide
from fanal.portal.front.models import GuideReview

SHORTEST_NAME = 3


class UnknownEdition(Refusal):
    def __init__(self, edition: str) -> None:
        super().__init__(f"« {edition} » n'est pas une édition : {', '.join(EDITIONS)}.")


class NobodyNamed(Refusal):
    message = "Nommez la personne qui a relu : elle est écrite sous le texte, avec le jour."


class NotReviewed(Refusal):
    message = "Ce texte n'est pas ouvert : il n'y a rien à refermer."


def review_edition(*, edition: str, reviewer: str, now: datetime) -> GuideReview:
    """
    Open an edition: a person who is named has read all of its words.

    Raises:
        UnknownEdition: no such edition.
        NobodyNamed: a review without a name is none.
    """
    guide = _known(edition)
    named = " ".join(reviewer.split())[:120]
    if len(named) < SHORTEST_NAME:
        raise NobodyNamed
    return _write(guide, reviewer=named, is_open=True, now=now)


def close_edition(*, edition: str, now: datetime) -> GuideReview:
    """
    Close an edition at once: a fault was found in its words.

    Raises:
        UnknownEdition: no such edition.
        NotReviewed: it is not open.
    """
    guide = _known(edition)
    review = editions()[edition].review
    if review is None:
        raise NotReviewed
    return _write(guide, reviewer=review.reviewer, is_open=False, now=now)


def _known(edition: str) -> Guide:
    if edition not in EDITIONS:
        raise UnknownEdition(edition)
    return text_of(edition)


def _write(guide: Guide, *, reviewer: str, is_open: bool, now: datetime) -> GuideReview:
    with acting_as(None):
        review = GuideReview.objects.create(
            edition=guide.name,
            digest=guide.digest,
            reviewer=reviewer,
            is_open=is_open,
            reviewed_at=now,
        )
        record(
            agent=None,
            deed="guide.review" if is_open else "guide.close",
            detail={"edition": guide.name, "digest": guide.digest},
        )
    return review
