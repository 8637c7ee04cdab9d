"""What each role must see today, read through the doors of the rooms that hold it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from fanal.detect.concerns.lists import concerns_shown, counts_of_the_day
from fanal.detect.concerns.models import Concern
from fanal.detect.concerns.queries import (
    my_drafts,
    my_evaluations,
    my_submissions,
    visible_concerns,
)
from fanal.detect.concerns.terms import ENDED, DecisionOutcome, Status
from fanal.detect.reports.queries import reports_for_parquet, reports_unanswered
from fanal.detect.watch.queries import counted as counted_alerts
from fanal.ground.access.decisions import authorities_of, postings_of, territory_of
from fanal.ground.access.queries import openings_to_review
from fanal.ground.access.terms import Right
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.deadlines.models import Clock
from fanal.ground.people.models import Minor
from fanal.ground.people.queries import called
from fanal.ground.shell.menu import address
from fanal.ground.territory.models import Departement
from fanal.helpline.chats.queries import open_conversations
from fanal.helpline.chats.terms import State
from fanal.helpline.contacts.queries import contacts_shown, sent_back_to, to_read
from fanal.helpline.contacts.terms import Reading
from fanal.portal.accounts.queries import requests_to_answer
from fanal.portal.rights import terms as rights
from fanal.portal.rights.queries import late, requests_of
from fanal.prevent.referrals.queries import Days, my_places
from fanal.prevent.referrals.terms import State as Expected
from fanal.prevent.spaces.keeping import counted_services
from fanal.protect.measures.models import CareQuestion, ExitBan
from fanal.protect.measures.terms import EXIT_BAN, MEASURE, QUESTION, SHELTER
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import load, reading

FIRST = 8

# Where each kind of clock leads. Its subject's own screen decides who may read it.
SUBJECTS = {
    "concern": "concerns:show",
    "report": "reports:show",
    "situation": "situations:show",
    MEASURE: "measures:show",
    SHELTER: "measures:shelter",
}
# What has no screen of its own is read on its measure's.
OF_A_MEASURE = {QUESTION: CareQuestion, EXIT_BAN: ExitBan}


def crip(agent: Agent, *, now: datetime) -> dict[str, Any]:
    unanswered = reports_unanswered(authorities=authorities_of(agent), now=now)
    return {
        "counts": counts_of_the_day(now=now),
        "concerns": concerns_shown({}, now=now)[:FIRST],
        "unanswered": unanswered.count(),
    }


def on_call(agent: Agent, *, now: datetime) -> dict[str, Any]:
    dangers = (
        visible_concerns()
        .filter(Q(immediate_danger=True) | Q(missing_now=True))
        .exclude(status__in=ENDED)
    )
    unopened_first = F("opened_at").desc(nulls_first=True)
    return {"dangers": dangers.order_by(unopened_first, "-received_at", "pk")[:FIRST]}


def supervisor(agent: Agent, *, now: datetime) -> dict[str, Any]:
    authorities = authorities_of(agent)
    # Who proposed does not sign.
    to_sign = visible_concerns().exclude(proposed="").exclude(proposed_by=agent)
    return {
        "to_sign": to_sign.select_related("proposed_by").order_by("proposed_at", "pk")[:FIRST],
        "to_sign_count": to_sign.count(),
        "counts": counts_of_the_day(now=now),
        "risks": [
            clock
            for authority in authorities
            for clock in load.clocks_at_risk(authority, days=load.SOON_DAYS, now=now)[:FIRST]
        ],
        "idle": sum(
            load.idle_since(authority, days=load.IDLE_DAYS, now=now).count()
            for authority in authorities
        ),
        # Decided, and nobody follows the minor yet.
        "to_open": visible_concerns()
        .filter(status__in=(Status.DECIDED, Status.NOTIFIED))
        .exclude(outcome=DecisionOutcome.NO_FURTHER_ACTION)
        .exclude(case_file__in=Situation.objects.living().values("case_file"))
        .order_by("decided_at", "pk")[:FIRST],
    }


def evaluator(agent: Agent, *, now: datetime) -> dict[str, Any]:
    mine = my_evaluations(agent).order_by("concern__target_due_at", "pk")
    return {"evaluations": mine[:FIRST], "evaluations_count": mine.count()}


def referent(agent: Agent, *, now: datetime) -> dict[str, Any]:
    situations = list(reading.my_situations(agent, now=now)[:FIRST])
    clocks = reading.next_clocks(situations)
    return {
        "situations": [(one, clocks.get(one.case_file_id)) for one in situations],
        "situations_count": reading.my_situations(agent, now=now).count(),
    }


def parquet(agent: Agent, *, now: datetime) -> dict[str, Any]:
    received = reports_for_parquet(agent=agent)
    return {
        "to_acknowledge": received.filter(status="sent").order_by("-urgent", "sent_at")[:FIRST],
        "awaiting": received.filter(status="acknowledged").order_by("sent_at")[:FIRST],
    }


def author(agent: Agent, *, now: datetime) -> dict[str, Any]:
    return {"drafts": my_drafts(agent)[:FIRST], "submissions": my_submissions(agent)[:FIRST]}


def controller(agent: Agent, *, now: datetime) -> dict[str, Any]:
    """Emergencies to review and rights to answer, late ones first, and what waits for a second."""
    waiting = openings_to_review(agent).awaiting()
    asked = requests_of(agent).filter(status__in=rights.OPEN)
    return {
        "openings": waiting.order_by("review_due_at", "pk")[:FIRST],
        "openings_count": waiting.count(),
        "openings_late": waiting.filter(review_due_at__lte=now).count(),
        "asked": asked[:FIRST],
        "asked_count": asked.count(),
        "asked_late": asked.filter(late(agent, now=now)).count(),
        "second": _waiting_for_me(agent, now=now),
    }


def data_protection(agent: Agent, *, now: datetime) -> dict[str, Any]:
    return controller(agent, now=now)


def listener(agent: Agent, *, now: datetime) -> dict[str, Any]:
    talks = open_conversations()
    return {
        "chats_desk": address("chats:desk"),
        "chats_waiting": talks.filter(state=State.WAITING).count(),
        "chats_mine": talks.filter(listener=agent).count(),
        "records": address("contacts:list"),
        "records_open": contacts_shown(agent, {}).count(),
        "records_back": sent_back_to(agent).count(),
    }


def coordinator(agent: Agent, *, now: datetime) -> dict[str, Any]:
    talks = open_conversations().filter(state=State.ACTIVE)
    return {
        "chats_desk": address("chats:desk"),
        "chats_led": talks.count(),
        "chats_hands": talks.filter(hand_raised_at__isnull=False).count(),
        "reading": address("contacts:reading"),
        "to_sign": to_read().filter(reading=Reading.TO_SIGN).count(),
        "to_review": to_read().filter(reading=Reading.TO_REVIEW).count(),
    }


def directory(agent: Agent, *, now: datetime) -> dict[str, Any]:
    return {"places": address("spaces:kept"), **counted_services(on=localdate(now))}


def contact_point(agent: Agent, *, now: datetime) -> dict[str, Any]:
    return {"lodgings": address("watch:desk"), "alerts": counted_alerts()}


def reception(agent: Agent, *, now: datetime) -> dict[str, Any]:
    days = Days.at(my_places(), now=now)
    return {
        "place_desk": address("referrals:desk"),
        "expected": days.expected().filter(state=Expected.EXPECTED).count(),
        "unsaid": days.unsaid().count(),
    }


def steering(agent: Agent, *, now: datetime) -> dict[str, Any]:
    """The départements that the agent steers; nothing: the whole country."""
    codes = territory_of(agent, Right.READ_COVERAGE) or frozenset()
    return {"steered": list(Departement.objects.filter(pk__in=codes).order_by("pk"))}


def administrator(agent: Agent, *, now: datetime) -> dict[str, Any]:
    """Accounts of the administrator's own organisations, and what waits for a second person."""
    organisations = [one.organisation for one in postings_of(agent)]
    posted = Posting.objects.filter(organisation__in=organisations).current(on=localdate(now))
    return {
        "accounts": posted.values("agent").distinct().count(),
        "second": _waiting_for_me(agent, now=now),
    }


def _waiting_for_me(agent: Agent, *, now: datetime) -> int:
    """Who asked does not confirm, nor whom it is about."""
    waiting = requests_to_answer(agent, now=now)
    return waiting.exclude(asked_by=agent).exclude(agent=agent).count()


def found_minors(text: str) -> list[Minor]:
    """Minors whom the asking agent sees, by name as it is heard; never by a word of a file."""
    query = called(text)
    if query is None:
        return []
    return list(
        Minor.objects.filter(query)
        .select_related("case_file__authority", "commune")
        .prefetch_related("case_file__concerns", "case_file__situations")
        .order_by("name_plain", "pk")[:FIRST]
    )


def found_concerns(text: str, *, now: datetime) -> list[Concern]:
    """Concerns whom the asking agent sees, by receipt or by the minor's name."""
    return list(concerns_shown({"q": text, "shown": "all"}, now=now, sort="-received")[:FIRST])


def _subject_of(clock: Clock) -> UUID | None:
    """What the clock is about; a part of a measure is read with its measure."""
    part = OF_A_MEASURE.get(clock.subject_kind)
    if part is None:
        return clock.subject_ref
    found = part._default_manager.filter(ref=clock.subject_ref)
    return found.values_list("measure__ref", flat=True).first()


def address_of(clock: Clock) -> str | None:
    """The screen of what a clock is about, when whoever asks sees it."""
    kind, ref = clock.subject_kind, _subject_of(clock)
    if kind in OF_A_MEASURE:
        kind = MEASURE
    if ref is None or kind not in SUBJECTS:
        return None
    return reverse(SUBJECTS[kind], args=[ref])
