"""A notice waits on the desk; a mail says that it does, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from factories import NOON, CaseFileFactory, ExclusionFactory, GrantFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification
from fanal.ground.notifications.use_cases import (
    notify,
    read_all_notifications,
    read_notification,
)
from past import past

pytestmark = pytest.mark.django_db

Capture = Callable[..., AbstractContextManager[list[Any]]]


def tell(*agents: Agent, text: str = "Une évaluation vous est confiée.") -> None:
    notify(agents=agents, text=text, path="/evaluations/", now=NOON)


class Broken(BaseEmailBackend):
    """A mail server that hangs up in the middle."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise TimeoutError


def test_each_agent_has_one_notice(nadia: Agent, ines: Agent) -> None:
    tell(nadia, ines, nadia)

    assert set(past(Notification).values_list("agent", flat=True)) == {nadia.pk, ines.pk}
    assert past(Notification).count() == 2


def test_nobody_to_tell_is_no_error(db: None) -> None:
    tell()

    assert not past(Notification).exists()


def test_a_mail_leaves_when_the_act_is_kept(
    nadia: Agent,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(nadia)
        assert mailoutbox == []

    assert [letter.to for letter in mailoutbox] == [[nadia.email]]


def test_a_mail_holds_neither_a_name_nor_a_word_of_the_subject(
    nadia: Agent,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(nadia, text="Danger immédiat signalé : ouvrez cette information maintenant.")

    (letter,) = mailoutbox
    said = f"{letter.subject} {letter.body}".lower()
    for word in ("danger", "mineur", "enfant", "prostitution", "information", "nadia", "http"):
        assert word not in said
    assert letter.attachments == []


def test_each_receives_a_letter_of_their_own(
    nadia: Agent,
    ines: Agent,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    """Nobody reads the address of a colleague."""
    with django_capture_on_commit_callbacks(execute=True):
        tell(nadia, ines)

    assert sorted(letter.to for letter in mailoutbox) == [[ines.email], [nadia.email]]


def test_a_mail_that_fails_does_not_undo_the_act(
    nadia: Agent, settings: Any, django_capture_on_commit_callbacks: Capture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    with django_capture_on_commit_callbacks(execute=True):
        tell(nadia)

    assert past(Notification).get().agent == nadia


def test_reading_marks_once(nadia: Agent) -> None:
    tell(nadia)
    ref = past(Notification).get().ref
    later = datetime(2026, 3, 10, tzinfo=NOON.tzinfo)

    with acting_as(nadia):
        read_notification(agent=nadia, ref=ref, now=NOON)
        read_notification(agent=nadia, ref=ref, now=later)

    assert past(Notification).get().read_at == NOON


def test_another_agent_s_notice_does_not_exist(nadia: Agent, ines: Agent) -> None:
    tell(nadia)

    for ref in (past(Notification).get().ref, uuid4()):
        with pytest.raises(NotVisible), acting_as(ines):
            read_notification(agent=ines, ref=ref, now=NOON)
    assert past(Notification).unread().count() == 1


def test_reading_all_leaves_a_colleague_s_notices(nadia: Agent, ines: Agent) -> None:
    for _ in range(3):
        tell(nadia, ines)

    with acting_as(nadia):
        assert read_all_notifications(agent=nadia, now=NOON) == 3
        assert read_all_notifications(agent=nadia, now=NOON) == 0
    assert past(Notification).unread().filter(agent=ines).count() == 3


def told_of(case_file: CaseFile, *agents: Agent) -> set[Agent]:
    notify(agents=agents, text="Une échéance.", path="/avis/", now=NOON, case_file=case_file)
    return {notice.agent for notice in past(Notification).select_related("agent")}


def test_whoever_must_never_see_the_file_is_told_nothing_of_it(nadia: Agent, ines: Agent) -> None:
    case_file = CaseFileFactory()
    ExclusionFactory(case_file=case_file, agent=nadia)

    assert told_of(case_file, nadia, ines) == {ines}


def test_of_a_sealed_file_those_who_hold_it_by_name_alone_are_told(
    nadia: Agent, ines: Agent, claire: Agent
) -> None:
    sealed = CaseFileFactory(sealed_at=NOON, seal_reason="Proche d'un agent (invention).")
    GrantFactory(case_file=sealed, agent=claire, starts_at=NOON)
    GrantFactory(case_file=sealed, agent=ines, starts_at=NOON - timedelta(days=2), ends_at=NOON)

    assert told_of(sealed, nadia, ines, claire) == {claire}


def test_holding_by_name_does_not_lift_an_exclusion(claire: Agent) -> None:
    case_file = CaseFileFactory()
    GrantFactory(case_file=case_file, agent=claire, starts_at=NOON)
    ExclusionFactory(case_file=case_file, agent=claire)

    assert told_of(case_file, claire) == set()


def test_nobody_is_mailed_of_what_they_must_not_see(
    nadia: Agent,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    case_file = CaseFileFactory()
    ExclusionFactory(case_file=case_file, agent=nadia)

    with django_capture_on_commit_callbacks(execute=True):
        told_of(case_file, nadia)

    assert mailoutbox == []
