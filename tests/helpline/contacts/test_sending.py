"""What cannot wait leaves first; all else is signed by a second person; each leaves once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import PostingFactory
from fanal.detect.concerns.models import Addition, Concern, Informant, Submission
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.models import Notification
from fanal.helpline.contacts import use_cases
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import SENT, Reading, State
from fanal.helpline.contacts.use_cases import concerns
from helpline.contacts.writing import HOUR, NOON, child, digest, kept, prepared, signed, written
from past import past
from rows import as_owner
from sizes import size

pytestmark = pytest.mark.django_db
URGENT = ({"immediate_danger": "yes"}, {"missing_now": "yes"}, {"children": [child(age=14)]})


def now_is(transmission: Transmission) -> Transmission:
    found: Transmission = past(Transmission).select_related("submission").get(pk=transmission.pk)
    return found


@pytest.mark.parametrize("changes", URGENT)
def test_what_cannot_wait_leaves_at_once_and_waits_for_its_reader(
    maya: Agent, anouk: Agent, changes: dict[str, Any]
) -> None:
    sent = prepared(maya, kept(maya, written(**changes)))
    assert (sent.reading, sent.urgent, sent.reader) == (Reading.TO_REVIEW, True, None)
    assert past(Submission).get().agent == maya
    assert past(Concern).get().source == "helpline"
    notice = past(Notification).get(agent=anouk)
    assert notice.urgent
    assert str(sent.ref) in notice.path
    assert past(Contact).get().state == State.CONCERN_DRAFTED


def test_what_can_wait_waits(maya: Agent, anouk: Agent) -> None:
    waiting = prepared(maya, kept(maya))
    assert waiting.reading == Reading.TO_SIGN
    assert not past(Submission).exists()
    assert past(Notification).get(agent=anouk).text.endswith("attend votre relecture.")


def test_it_leaves_as_it_was_read(maya: Agent, anouk: Agent, helpline: Organisation) -> None:
    contact = kept(maya)
    sent = signed(anouk, prepared(maya, contact), now=NOON + HOUR)
    assert (sent.reading, sent.reader, sent.urgent) == (Reading.READ, anouk, False)
    submission = past(Submission).get()
    assert submission.external_ref == str(contact.ref)
    assert submission.organisation == helpline
    concern = past(Concern).get()
    assert concern.received_at == NOON + HOUR
    assert concern.facts.startswith("Sort la nuit")
    with as_owner():
        assert Informant.objects.get().name == "Maya Inventée"
    assert now_is(sent).content["facts"] == concern.facts
    assert past(Notification).get(agent=maya).text.endswith("relue et partie.")


def test_nobody_signs_what_they_wrote(maya: Agent, helpline: Organisation) -> None:
    """Not even when they coordinate too, nor when somebody else prepared it since."""
    PostingFactory(agent=maya, organisation=helpline, role="coordinator")
    waiting = prepared(maya, kept(maya))
    with acting_as(maya), pytest.raises(use_cases.ItsAuthor):
        use_cases.sign_concern(agent=maya, ref=waiting.ref, digest="", now=NOON)
    with acting_as(maya), pytest.raises(use_cases.ItsAuthor):
        use_cases.send_back(agent=maya, ref=waiting.ref, reason="Non.", now=NOON)
    assert not past(Submission).exists()


def test_the_database_refuses_a_reader_who_wrote_and_a_sending_unread(
    maya: Agent, anouk: Agent
) -> None:
    waiting = prepared(maya, kept(maya))
    sent = prepared(maya, kept(maya, written(**URGENT[0])))
    for pk, wrong in (
        (waiting.pk, {"reader": maya}),
        (waiting.pk, {"reading": Reading.READ}),
        (waiting.pk, {"submission": past(Submission).get()}),
        (sent.pk, {"urgent": False}),
        (sent.pk, {"reading": Reading.READ}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
            Transmission.objects.filter(pk=pk).update(**wrong)


def test_a_listener_does_not_sign(maya: Agent, tom: Agent, elsewhere: Agent) -> None:
    waiting = prepared(maya, kept(maya))
    for somebody in (tom, elsewhere):
        for act in (
            lambda one: use_cases.sign_concern(agent=one, ref=waiting.ref, digest="", now=NOON),
            lambda one: use_cases.send_back(agent=one, ref=waiting.ref, reason="x", now=NOON),
            lambda one: use_cases.complete(agent=one, ref=waiting.ref, text="x", now=NOON),
            lambda one: use_cases.drop_concern(agent=one, ref=waiting.ref, reason="x", now=NOON),
        ):
            with acting_as(somebody), pytest.raises(NotVisible):
                act(somebody)


def test_what_changed_since_it_was_read_is_read_again(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya)
    waiting = prepared(maya, contact)
    read = digest(anouk, waiting)
    # The hour is no change: it is read now, and leaves later.
    assert digest(anouk, waiting, now=NOON + HOUR) == read
    with acting_as(maya):
        use_cases.save_contact(
            agent=maya, ref=contact.ref, content=written(facts="Autre chose."), now=NOON
        )
    with acting_as(anouk), pytest.raises(use_cases.ChangedSinceRead):
        use_cases.sign_concern(agent=anouk, ref=waiting.ref, digest=read, now=NOON)
    assert not past(Submission).exists()
    assert signed(anouk, waiting).is_sent


def test_it_comes_back_with_what_is_to_be_changed_and_is_proposed_again(
    maya: Agent, anouk: Agent
) -> None:
    contact = kept(maya)
    waiting = prepared(maya, contact)
    with acting_as(anouk):
        with pytest.raises(use_cases.NoReason):
            use_cases.send_back(agent=anouk, ref=waiting.ref, reason=" ", now=NOON)
        use_cases.send_back(agent=anouk, ref=waiting.ref, reason="Depuis quand ?", now=NOON)
        with pytest.raises(use_cases.NotSendable):
            use_cases.sign_concern(agent=anouk, ref=waiting.ref, digest="", now=NOON)
    assert now_is(waiting).note == "Depuis quand ?"
    assert "revient" in past(Notification).get(agent=maya).text
    again = prepared(maya, contact)
    assert again.pk == waiting.pk
    assert (again.reading, again.reader, again.note) == (Reading.TO_SIGN, None, "")


def test_what_waited_and_cannot_any_more_leaves_when_it_is_said(maya: Agent, anouk: Agent) -> None:
    contact = kept(maya)
    waiting = prepared(maya, contact)
    with acting_as(maya):
        use_cases.save_contact(
            agent=maya, ref=contact.ref, content=written(immediate_danger="yes"), now=NOON
        )
    sent = prepared(maya, contact)
    assert sent.pk == waiting.pk
    assert sent.reading == Reading.TO_REVIEW


def test_what_left_at_once_is_read_after_with_a_note_and_a_complement(
    maya: Agent, anouk: Agent, helpline: Organisation
) -> None:
    sent = prepared(maya, kept(maya, written(**URGENT[1])))
    with acting_as(anouk):
        use_cases.review_concern(
            agent=anouk, ref=sent.ref, note="Bien.", complement="Vue à la gare.", now=NOON
        )
        with pytest.raises(use_cases.AlreadyRead):
            use_cases.review_concern(
                agent=anouk, ref=sent.ref, note="", complement="Encore.", now=NOON
            )
    assert past(Addition).get().text == "Vue à la gare."
    assert past(Addition).get().agent == anouk
    found = now_is(sent)
    assert (found.reading, found.reader, found.note) == (Reading.READ, anouk, "Bien.")


def test_what_left_is_completed_by_who_wrote_too(maya: Agent) -> None:
    sent = prepared(maya, kept(maya, written(**URGENT[0])))
    with acting_as(maya):
        use_cases.complete(agent=maya, ref=sent.ref, text="Un fait de plus.", now=NOON)
    assert past(Addition).get().text == "Un fait de plus."


def test_each_group_leaves_once_under_its_own_name(maya: Agent, anouk: Agent) -> None:
    contact = kept(
        maya,
        written(children=[child(), child("Nour", 17, group=2, commune="13055")]),
    )
    for group in (1, 2, 1, 2):
        prepared(maya, contact, group=group)
    for waiting in list(past(Transmission).order_by("group")):
        signed(anouk, waiting)
    refs = {one.external_ref: one.authority_id for one in past(Submission).all()}
    assert refs == {str(contact.ref): "59", f"{contact.ref}/2": "13"}


def test_what_is_not_ready_does_not_leave(maya: Agent) -> None:
    contact = kept(maya, written(facts="", immediate_danger="yes"))
    with acting_as(maya), pytest.raises(use_cases.NotReady):
        use_cases.prepare_concern(agent=maya, ref=contact.ref, group=1, now=NOON)
    assert not past(Transmission).exists()
    assert past(Contact).get().state == State.LISTENED


def test_a_crash_after_it_left_undoes_it_and_the_next_click_sends_once(
    maya: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = kept(maya, written(immediate_danger="yes"))

    def crash(*args: object, **named: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(concerns, "_tell_readers", crash)
        with pytest.raises(RuntimeError):
            prepared(maya, contact)
    assert not past(Submission).exists()
    assert not past(Concern).exists()
    assert prepared(maya, contact).is_sent
    assert past(Submission).count() == past(Concern).count() == 1


STEPS = st.lists(
    st.sampled_from(["prepare", "sign", "stale", "back", "drop", "danger", "calm", "review"]),
    max_size=9,
)


@settings(
    max_examples=size(12, 30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_whatever_is_done_it_leaves_once_and_is_never_read_by_who_wrote(
    maya: Agent, anouk: Agent, steps: list[str]
) -> None:
    contact = kept(maya)
    for step in steps:
        try:
            _do(step, maya, anouk, contact)
        except Refusal:
            continue
    left = list(past(Submission).filter(external_ref__startswith=str(contact.ref)))
    assert len(left) <= 1
    for one in past(Transmission).filter(contact=contact):
        assert one.is_sent == bool(left)
        assert one.reader_id != one.author_id
        assert one.reading not in SENT or one.urgent or one.reader_id == anouk.pk
    sent = past(Trace).filter(deed="transmission.send", subject_ref__isnull=False)
    mine = list(past(Transmission).filter(contact=contact).values_list("ref", flat=True))
    assert len([one for one in sent if one.subject_ref in mine]) == len(left)


def _do(step: str, maya: Agent, anouk: Agent, contact: Contact, now: datetime = NOON) -> None:
    if step == "prepare":
        prepared(maya, contact)
        return
    if step in ("danger", "calm"):
        content = written(immediate_danger="yes" if step == "danger" else "no")
        with acting_as(maya):
            use_cases.save_contact(agent=maya, ref=contact.ref, content=content, now=now)
        return
    found = past(Transmission).filter(contact=contact).first()
    if found is None:
        return
    if step == "sign":
        signed(anouk, found)
        return
    with acting_as(maya if step == "drop" else anouk):
        match step:
            case "stale":
                use_cases.sign_concern(agent=anouk, ref=found.ref, digest="old", now=now)
            case "back":
                use_cases.send_back(agent=anouk, ref=found.ref, reason="Reprendre.", now=now)
            case "drop":
                use_cases.drop_concern(agent=maya, ref=found.ref, reason="Connu.", now=now)
            case "review":
                use_cases.review_concern(
                    agent=anouk, ref=found.ref, note="Lu.", complement="", now=now
                )
