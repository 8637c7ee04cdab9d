"""A contact goes only where the domain says, whatever is tried, and its end has its words."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.models import Contact
from fanal.helpline.contacts.terms import MOVES, OUTCOMES, Channel, Kind, State
from helpline.contacts.writing import HOUR, NOON, kept, prepared, signed, written
from past import past
from rows import as_owner
from sizes import size

pytestmark = pytest.mark.django_db


def act(agent: Agent, contact: Contact, what: str, now: datetime = NOON) -> None:
    with acting_as(agent):
        match what:
            case "write":
                use_cases.save_contact(agent=agent, ref=contact.ref, content=written(), now=now)
            case "send":
                use_cases.prepare_concern(agent=agent, ref=contact.ref, group=1, now=now)
            case "close":
                use_cases.close_contact(agent=agent, ref=contact.ref, now=now)
            case _:
                use_cases.conclude_contact(
                    agent=agent, ref=contact.ref, outcome=State(what), now=now
                )


ACTS = st.lists(st.sampled_from(["write", "send", "close", *OUTCOMES]), max_size=7)


@settings(
    max_examples=size(15, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_no_act_takes_a_contact_where_the_domain_does_not(maya: Agent, acts: list[str]) -> None:
    with acting_as(maya):
        contact = use_cases.open_contact(agent=maya, channel=Channel.CALL, now=NOON)
    before = State(contact.state)
    for what in acts:
        try:
            act(maya, contact, what)
        except Refusal:
            after = State(past(Contact).get(pk=contact.pk).state)
            assert after == before
            continue
        after = State(past(Contact).get(pk=contact.pk).state)
        assert after == before or after in MOVES[before], (before, what, after)
        before = after
    found = past(Contact).get(pk=contact.pk)
    assert (found.closed_at is None) == (before != State.CLOSED)
    assert before != State.CLOSED or found.kind != Kind.ENTERED


@pytest.mark.parametrize(
    ("outcome", "said", "kind"),
    [
        (State.ADVISED, None, Kind.HELP),
        (State.EMERGENCY_TRANSFERRED, None, Kind.HELP),
        (State.ABANDONED, None, Kind.ABANDONED),
        (State.ABANDONED, Kind.DISSUADED, Kind.DISSUADED),
        (State.ABANDONED, Kind.SORTED, Kind.SORTED),
        # What was led to its end is treated, whatever is said.
        (State.ADVISED, Kind.DISSUADED, Kind.HELP),
        (State.ABANDONED, Kind.CONCERN, Kind.ABANDONED),
    ],
)
def test_the_end_is_said_in_the_words_of_the_funnel(
    maya: Agent, outcome: State, said: Kind | None, kind: Kind
) -> None:
    contact = kept(maya)
    act(maya, contact, outcome)
    with acting_as(maya):
        use_cases.close_contact(agent=maya, ref=contact.ref, kind=said, now=NOON)
    assert past(Contact).get().kind == kind


def test_what_left_is_the_kind_whatever_the_end(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya)
    act(maya, contact, State.EMERGENCY_TRANSFERRED)
    waiting = prepared(maya, contact)
    with pytest.raises(use_cases.ConcernWaits):
        act(maya, contact, "close")
    signed(anouk, waiting)
    act(maya, contact, "close")
    assert past(Contact).get().kind == Kind.CONCERN


def test_what_is_not_sent_is_help(maya: Agent) -> None:
    contact = kept(maya)
    waiting = prepared(maya, contact)
    with acting_as(maya):
        with pytest.raises(use_cases.NoReason):
            use_cases.drop_concern(agent=maya, ref=waiting.ref, reason=" ", now=NOON)
        use_cases.drop_concern(agent=maya, ref=waiting.ref, reason="Déjà connu.", now=NOON)
    act(maya, contact, "close")
    assert past(Contact).get().kind == Kind.HELP


def test_a_closed_record_changes_no_more(maya: Agent) -> None:
    contact = kept(maya)
    act(maya, contact, State.ADVISED)
    act(maya, contact, "close")
    for what in ("write", "close", State.ADVISED):
        with pytest.raises(use_cases.Over):
            act(maya, contact, what)
    with pytest.raises(use_cases.WrongMove):
        act(maya, contact, "send")


def test_it_is_written_by_who_holds_it_and_by_nobody_else(
    maya: Agent, tom: Agent, anouk: Agent, elsewhere: Agent
) -> None:
    contact = kept(maya)
    for somebody, refusal in (
        (tom, NotVisible),
        (elsewhere, NotVisible),
        (anouk, use_cases.NotYours),
    ):
        for what in ("write", "send", "close", State.ADVISED):
            with pytest.raises(refusal):
                act(somebody, contact, what)
    assert past(Contact).get().state == State.LISTENED


def test_what_was_written_since_is_not_written_over(maya: Agent) -> None:
    contact = kept(maya)
    read = use_cases.as_read(contact)
    with acting_as(maya):
        use_cases.save_contact(
            agent=maya, ref=contact.ref, content=written(facts="Plus."), now=NOON + HOUR, read=read
        )
        with pytest.raises(use_cases.WrittenElsewhere):
            use_cases.save_contact(
                agent=maya, ref=contact.ref, content=written(facts="Moins."), now=NOON, read=read
            )
    assert past(Contact).get().content["facts"] == "Plus."


def test_what_is_counted_is_read_from_what_is_written(maya: Agent) -> None:
    contact = kept(
        maya, written(children=[{"given_names": "a"}, {"given_names": "b", "group": 2}, {}])
    )
    assert (contact.children, contact.groups) == (2, 2)
    assert contact.departement == "59"
    assert contact.words == ["exploitation.suspected"]
    assert kept(maya, {"departement": "2a"}).departement == "2A"
    assert kept(maya, {"departement": "00"}).departement == ""


def test_the_database_holds_the_end_too(maya: Agent) -> None:
    contact = kept(maya)
    for wrong in (
        {"state": State.CLOSED},
        {"closed_at": NOON},
        {"state": State.CLOSED, "closed_at": NOON},
        {"groups": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
            Contact.objects.filter(pk=contact.pk).update(**wrong)


def test_what_is_said_is_sealed_and_in_no_trace(maya: Agent) -> None:
    kept(maya)
    with as_owner():
        stored = Contact.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)
        assert b"nuit" not in bytes(stored[0])
        assert "Lila" not in str(list(Trace.objects.values_list("detail", flat=True)))
