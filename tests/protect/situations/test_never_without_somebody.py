"""
Whatever absences, departures, transfers and hand-overs follow each other: never two living
situations for a minor in an authority, never one without somebody who answers for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from factories import MinorFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import Grant
from fanal.ground.access.terms import Capacity
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.errors import Refusal
from fanal.ground.people.models import Minor
from fanal.ground.people.use_cases import merge_files
from fanal.ground.territory.models import Commune
from fanal.ground.territory.queries import local_day
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import may_answer
from fanal.protect.situations.terms import LIVING, ClosingReason, Ground, Status
from fanal.protect.situations.use_cases import (
    accept_situation,
    assign_referent,
    confirm_closing,
    declare_absence,
    end_posting,
    hand_over,
    open_situation,
    propose_closing,
    reopen_situation,
    send_back_closing,
    transfer_situation,
)
from past import past
from protect.situations.following import posted
from rows import as_owner

MARSEILLE, LILLE = "13055", "59350"
SOMEBODY = st.integers(0, 5)
ANY = st.integers(0, 20)
SOME_MINOR = st.integers(0, 3)
# Most gestures are made by those who may; now and then, by anybody.
MOST_GESTURES = 10
MAKER = st.sampled_from(["who may", "who may", "who may", "who may", "anybody"])


class Service(RuleBasedStateMachine):
    """Two authorities, six people, four minors; every gesture may be refused, none may harm."""

    north: Organisation
    south: Organisation
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    @initialize()
    def begin(self) -> None:
        self.chiefs = {
            "59": [posted(self.north, f"{name}{id(self)}", "supervisor") for name in ("A", "B")],
            "13": [posted(self.south, f"{name}{id(self)}", "supervisor") for name in ("S", "T")],
        }
        self.people = [
            *self.chiefs["59"],
            posted(self.north, f"C{id(self)}", "referent"),
            posted(self.north, f"D{id(self)}", "referent"),
            *self.chiefs["13"],
        ]
        self.minors: list[Minor] = [MinorFactory() for _ in range(4)]
        for minor, referent in zip(self.minors, self.people[1:3], strict=False):
            self.open("who may", 0, self.people.index(referent), self.minors.index(minor))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def attempt(self, agent: Agent, act: Callable[..., Any], **arguments: Any) -> None:
        """A refusal is an answer; anything else is a fault."""
        try:
            with acting_as(agent):
                act(agent=agent, now=now(), **arguments)
        except Refusal:
            return
        self.done[act.__name__] += 1

    def situations(self) -> list[Situation]:
        with as_owner():
            return list(
                Situation.objects.select_related(
                    "authority", "referent", "case_file", "closing_proposed_by"
                ).order_by("pk")
            )

    def one(self, number: int, *states: Status) -> Situation | None:
        known = [one for one in self.situations() if not states or one.status in states]
        return known[number % len(known)] if known else None

    def maker(self, how: str, number: int, may: list[Agent]) -> Agent:
        return may[number % len(may)] if how == "who may" else self.people[number % 6]

    @rule(how=MAKER, number=ANY, referent=SOMEBODY, minor=SOME_MINOR)
    def open(self, how: str, number: int, referent: int, minor: int) -> None:
        self.attempt(
            self.maker(how, number, self.chiefs["59"]),
            open_situation,
            case_file_ref=self.minors[minor].case_file.ref,
            ground=Ground.REASONED_ACT,
            reason="Danger (invention).",
            referent=self.people[referent],
        )

    @rule(how=MAKER, number=ANY, gestures=st.integers(1, 4), yes=st.booleans())
    def advance(self, how: str, number: int, gestures: int, yes: bool) -> None:
        """A situation goes some steps along its course: taken up, proposed, closed, reopened."""
        for _ in range(gestures):
            if situation := self.one(number):
                self.step(situation, how, number, yes)

    def step(self, situation: Situation, how: str, number: int, yes: bool) -> None:
        referent = self.maker(how, number, [situation.referent])
        chief = self.maker(how, number, self.chiefs[situation.authority_id])
        if situation.status == Status.OPEN:
            self.attempt(referent, accept_situation, ref=situation.ref)
        elif situation.status == Status.CLOSING and yes:
            self.attempt(chief, confirm_closing, ref=situation.ref)
        elif situation.status == Status.CLOSING:
            self.attempt(chief, send_back_closing, ref=situation.ref, reason="Trop tôt.")
        elif situation.status == Status.CLOSED:
            self.attempt(chief, reopen_situation, ref=situation.ref, reason="Nouveau danger.")
        else:
            self.attempt(
                referent,
                propose_closing,
                ref=situation.ref,
                reason=ClosingReason.RELAYED,
                text="Relais pris.",
            )

    @rule(how=MAKER, number=ANY, referent=SOMEBODY)
    def assign(self, how: str, number: int, referent: int) -> None:
        if situation := self.one(number):
            self.attempt(
                self.maker(how, number, self.chiefs[situation.authority_id]),
                assign_referent,
                ref=situation.ref,
                referent=self.people[referent],
                reason="Renfort",
            )

    @rule(how=MAKER, number=ANY, taker=SOMEBODY)
    def hand_over_list(self, how: str, number: int, taker: int) -> None:
        if situation := self.one(number, *LIVING):
            self.attempt(
                self.maker(how, number, [*self.chiefs["59"], situation.referent]),
                hand_over,
                authority=situation.authority,
                giver=situation.referent,
                taker=self.people[taker],
                reason="Départ",
            )

    @rule(how=MAKER, number=ANY, absent=SOMEBODY, stand_in=SOMEBODY, days=st.integers(0, 9))
    def be_away(self, how: str, number: int, absent: int, stand_in: int, days: int) -> None:
        self.attempt(
            self.maker(how, number, [self.people[absent]]),
            declare_absence,
            absent=self.people[absent],
            stand_in=self.people[stand_in],
            since=localdate(),
            until=localdate() + timedelta(days=days),
        )

    @rule(how=MAKER, number=ANY, leaving=SOMEBODY, days=st.integers(-3, 3))
    def leave(self, how: str, number: int, leaving: int, days: int) -> None:
        posting = Posting.objects.filter(agent=self.people[leaving]).last()
        if posting is not None:
            self.attempt(
                self.maker(how, number, self.chiefs["59"] + self.chiefs["13"]),
                end_posting,
                posting_id=posting.pk,
                last_day=localdate() + timedelta(days=days),
            )

    @rule(leaving=SOMEBODY)
    def leave_by_another_way(self, leaving: int) -> None:
        """The administrator's screen knows nothing of situations: the database does."""
        postings = Posting.objects.filter(agent=self.people[leaving])
        try:
            with transaction.atomic():
                postings.update(until=date(2020, 1, 2))
        except IntegrityError:
            self.done["refused by the database"] += 1

    @rule()
    def come_back(self) -> None:
        posted_today = Posting.objects.current(on=localdate())
        for place, agent in enumerate(self.people):
            if not posted_today.filter(agent=agent).exists():
                PostingFactory(
                    agent=agent,
                    organisation=self.north if place <= 3 else self.south,
                    role="referent" if place in (2, 3) else "supervisor",
                )

    @rule(how=MAKER, number=ANY, south=st.booleans())
    def transfer(self, how: str, number: int, south: bool) -> None:
        if situation := self.one(number, *LIVING):
            commune = Commune.objects.select_related("authority").get(
                code=MARSEILLE if south else LILLE
            )
            self.attempt(
                self.maker(how, number, self.chiefs[situation.authority_id]),
                transfer_situation,
                ref=situation.ref,
                commune=commune,
                summary="À poursuivre.",
            )

    @rule(how=MAKER, number=ANY, kept=SOME_MINOR, absorbed=SOME_MINOR)
    def merge(self, how: str, number: int, kept: int, absorbed: int) -> None:
        """Two minors who are both followed are not merged: by the rule, else by the database."""
        try:
            self.attempt(
                self.maker(how, number, self.chiefs["59"]),
                merge_files,
                kept=self.minors[kept].case_file.ref,
                absorbed=self.minors[absorbed].case_file.ref,
                reason="même mineur",
            )
        except IntegrityError as refused:
            if "minor_followed_twice" not in str(refused):
                raise

    @invariant()
    def nobody_is_followed_twice(self) -> None:
        living = [one for one in self.situations() if one.status != Status.CLOSED]
        minors = Counter(one.case_file.merged_into_id or one.case_file_id for one in living)
        assert all(count == 1 for count in minors.values())

    @invariant()
    def somebody_answers_for_each(self) -> None:
        for one in self.situations():
            if one.status != Status.CLOSED:
                assert may_answer(one.referent, one.authority, on=local_day(one.authority, now()))

    @invariant()
    def the_referent_alone_holds_the_file_as_such(self) -> None:
        later = now() + timedelta(seconds=1)
        holders: dict[int, set[int]] = {}
        with as_owner():
            grants = past(Grant).living(at=later).filter(capacity=Capacity.REFERENT)
            for grant in grants.select_related("case_file"):
                minor = grant.case_file.merged_into_id or grant.case_file_id
                holders.setdefault(minor, set()).add(grant.agent_id)
        living = [one for one in self.situations() if one.status != Status.CLOSED]
        assert holders == {
            one.case_file.merged_into_id or one.case_file_id: {one.referent_id} for one in living
        }


@pytest.fixture
def service(nord: Organisation, bouches_du_rhone: Organisation) -> type[Service]:
    Service.north, Service.south, Service.done = nord, bouches_du_rhone, Counter()
    return Service


@pytest.mark.django_db
def test_never_two_situations_and_never_one_without_somebody(service: type[Service]) -> None:
    run_state_machine_as_test(
        service,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    # A machine whose every gesture is refused would prove nothing.
    assert len(service.done) >= MOST_GESTURES, dict(service.done)
