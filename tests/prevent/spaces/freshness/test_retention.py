"""What was settled goes once it can be undone no more; what waits, and the entry, stay."""

from __future__ import annotations

import pytest

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.retention.models import Erasure
from fanal.ground.retention.use_cases import apply_retention
from fanal.prevent.spaces.freshness import deciding
from fanal.prevent.spaces.freshness.terms import LINK_LASTS, DoubtSource
from fanal.prevent.spaces.models import Amendment, ConfirmationRequest, Doubt, Service
from fanal.prevent.spaces.use_cases import doubt
from past import past
from prevent.spaces.freshness.test_links import DAY, answer, asked, written_to
from prevent.spaces.places import NOON

pytestmark = pytest.mark.django_db


def test_a_doubt_that_was_set_aside_goes_and_one_that_waits_stays(lou: Agent) -> None:
    service = written_to(lou)
    doubt(service=service.ref, source=DoubtSource.WRONG_NUMBER, key="un", now=NOON)
    with acting_as(lou):
        deciding.set_doubts_aside(agent=lou, ref=service.ref, now=NOON)
    doubt(service=service.ref, source=DoubtSource.WRONG_NUMBER, key="deux", now=NOON)
    aside = past(Doubt).exclude(settled_at=None).get()

    apply_retention(now=NOON + 30 * DAY)
    assert past(Doubt).count() == 2

    apply_retention(now=NOON + 31 * DAY)
    assert past(Doubt).get().settled_at is None
    assert past(Erasure).get().thing_ref == aside.ref


def test_a_proposal_goes_after_its_decision_and_the_link_after_it(lou: Agent) -> None:
    service = written_to(lou)
    request = asked(lou, service)
    answer(request, corrected={"phone": "03 20 11 11 11", "name": "Lieu renommé"})
    phone, name = (past(Amendment).get(field=one) for one in ("phone", "name"))
    with acting_as(lou):
        deciding.accept_amendment(agent=lou, ref=phone.ref, now=NOON)

    apply_retention(now=NOON + 31 * DAY)
    # The one that waits is never old, nor the link that brought it.
    assert past(Amendment).get().ref == name.ref
    assert past(Service).get().phone == "03 20 11 11 11"
    apply_retention(now=NOON + LINK_LASTS + 200 * DAY)
    assert past(ConfirmationRequest).count() == 1

    with acting_as(lou):
        deciding.refuse_amendment(agent=lou, ref=name.ref, now=NOON + 200 * DAY)
    apply_retention(now=NOON + 232 * DAY)
    assert (past(Amendment).count(), past(ConfirmationRequest).count()) == (0, 0)
    assert past(Service).count() == 1


def test_a_link_that_nobody_used_goes_six_months_after_its_end(lou: Agent) -> None:
    asked(lou, written_to(lou))
    apply_retention(now=NOON + LINK_LASTS + 180 * DAY)
    assert past(ConfirmationRequest).count() == 1
    apply_retention(now=NOON + LINK_LASTS + 185 * DAY)
    assert past(ConfirmationRequest).count() == 0
