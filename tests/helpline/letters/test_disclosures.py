"""A danger read in a question below: an urgent letter, one only, whatever happens to the worker."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from fanal.engines.triage.rules import Level
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.ground.codes.models import ReturnCode
from fanal.ground.notifications.models import Notification
from fanal.helpline.chats.alarms import alarms_for
from fanal.helpline.letters.models import Letter, LetterText
from fanal.helpline.letters.reactions import danger_disclosed
from fanal.helpline.letters.terms import Source, State
from fanal.helpline.letters.use_cases import answer_letter, take_letter
from fanal.prevent.exchange import queries, use_cases
from fanal.prevent.exchange.events import DangerDisclosed
from fanal.prevent.exchange.models import PublicAnswer
from fanal.prevent.exchange.terms import EntryState
from fanal.prevent.exchange.use_cases import NotPublishable, Rewritten, Written
from past import past
from prevent.exchange.asking import NOON, SAID, answered, asked, proposed, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_and_night(settings: Settings) -> None:
    settings.FANAL_EXCHANGE_HOURS = "24/7"


def pressed(agent: Agent, ref: UUID) -> None:
    with acting_as(agent):
        use_cases.disclose_danger(agent=agent, ref=ref, now=NOON)


def jobs() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=DangerDisclosed.task))


def test_the_event_is_a_row_of_the_database_before_any_worker_hears_it(
    helpline: Organisation, maya: Agent
) -> None:
    ref, _ = asked(writer="young")
    pressed(maya, ref)
    pressed(maya, ref)
    [job] = jobs()
    assert (job.status, job.args) == ("todo", {"question_ref": str(ref)})
    # No word of it is in the queue.
    assert SAID not in str(job.args)
    assert not past(Letter).exists()
    danger_disclosed(**job.args)
    letter = past(Letter).get()
    assert (letter.level, letter.in_danger, letter.source) == (
        Level.DANGER,
        True,
        Source.DISCLOSURE,
    )
    assert (letter.writer, letter.state) == ("young", State.WAITING)
    assert past(LetterText).get().text == SAID


def test_it_goes_with_the_act_and_with_nothing_else(helpline: Organisation, maya: Agent) -> None:
    ref, _ = asked()
    with transaction.atomic():
        pressed(maya, ref)
        assert len(jobs()) == 1
        transaction.set_rollback(True)
    assert jobs() == []


def test_heard_again_after_a_worker_was_killed_it_is_one_letter_and_one_alarm(
    helpline: Organisation, maya: Agent, anouk: Agent
) -> None:
    ref, _ = asked()
    pressed(maya, ref)
    for _ in range(3):
        danger_disclosed(question_ref=str(ref))
    assert past(Letter).count() == past(LetterText).count() == 1
    told = [(one.agent_id, one.urgent) for one in past(Notification).filter(urgent=True)]
    assert sorted(told) == sorted([(maya.pk, True), (anouk.pk, True)])


def test_a_worker_killed_before_it_is_done_leaves_the_job_and_no_half_letter(
    helpline: Organisation, maya: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, _ = asked()
    pressed(maya, ref)

    def dies(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr("fanal.helpline.letters.use_cases.receiving.tell_of_danger", dies)
        with pytest.raises(SystemExit):
            danger_disclosed(question_ref=str(ref))
    assert not past(Letter).exists()
    [job] = jobs()
    danger_disclosed(**job.args)
    assert past(Letter).count() == 1


def test_no_code_is_made_and_who_asked_keeps_theirs(
    helpline: Organisation, maya: Agent, client: Client
) -> None:
    ref, code = asked()
    pressed(maya, ref)
    danger_disclosed(question_ref=str(ref))
    assert past(ReturnCode).count() == 1
    found = use_cases.open_answer(typed=" ".join(code.words), now=NOON)
    assert (found.state, found.answer) == ("danger", "")
    with acting_as(maya):
        letter = Letter.objects.get()
        take_letter(agent=maya, ref=letter.ref, now=NOON)
        answer_letter(agent=maya, ref=letter.ref, text="Appelle-nous.", key=uuid4(), now=NOON)
    found = use_cases.open_answer(typed=" ".join(code.words), now=NOON)
    assert found.answer == "Appelle-nous."


def test_the_page_of_who_asked_shows_the_numbers(
    helpline: Organisation, maya: Agent, client: Client
) -> None:
    from fanal.ground.shell.visitors import form_token

    ref, code = asked(now=timezone.now())
    pressed(maya, ref)
    given = {"jeton": form_token(), "code": " ".join(code.words)}
    page = client.post(reverse("exchange:come_back"), given).content.decode()
    inside = page.partition('class="public-foot"')[0]
    for number in ("tel:17", "tel:112", "sms:114", "tel:119"):
        assert f'href="{number}"' in inside
    assert SAID not in page


def test_a_danger_is_never_published_and_what_was_is_withdrawn(
    helpline: Organisation, maya: Agent, tom: Agent
) -> None:
    entry = published(maya, tom)
    pressed(tom, entry.about)
    assert past(PublicAnswer).get().state == EntryState.WITHDRAWN
    assert queries.read_published(entry.ref) is None
    with pytest.raises(NotPublishable):
        proposed(maya, entry.about, Rewritten("a", "b", "c"))


def test_nobody_reads_a_question_by_this_way_before_the_key_is_pressed(
    helpline: Organisation, maya: Agent
) -> None:
    ref, _ = asked()
    assert queries.disclosed(ref) is None
    danger_disclosed(question_ref=str(ref))
    assert not past(Letter).exists()
    answered(maya, ref)
    assert queries.disclosed(ref) is None


def test_in_the_demonstration_too_the_letter_is_opened(
    helpline: Organisation, maya: Agent, settings: Settings
) -> None:
    settings.FANAL_SERVICE = ""
    code = use_cases.ask(written=Written("Encore."), sent=UUID(int=7), now=NOON)
    assert code is not None
    ref, _ = asked()
    pressed(maya, ref)
    danger_disclosed(question_ref=str(ref))
    assert past(Letter).get().level == Level.DANGER


def test_it_is_heard_as_soon_as_it_is_kept_without_waiting_for_a_worker(
    helpline: Organisation,
    maya: Agent,
    anouk: Agent,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ref, _ = asked(writer="young")
    with django_capture_on_commit_callbacks(execute=True):
        pressed(maya, ref)
    letter = past(Letter).get()
    with acting_as(maya):
        [alarm] = alarms_for(maya)
        assert alarm.address == reverse("letters:show", args=[letter.ref])
        assert SAID not in alarm.said
    # The job that comes after finds that it was heard, and alarms nobody again.
    [job] = jobs()
    danger_disclosed(**job.args)
    assert past(Letter).count() == 1
    assert past(Notification).filter(urgent=True).count() == 2
    with acting_as(maya):
        take_letter(agent=maya, ref=letter.ref, now=NOON)
        assert alarms_for(maya) == []


def test_what_fails_at_once_is_left_to_the_job(
    helpline: Organisation,
    maya: Agent,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ref, _ = asked()

    def fails(_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("fanal.prevent.exchange.events.heard_at_once", [fails])
        with django_capture_on_commit_callbacks(execute=True):
            pressed(maya, ref)
    assert not past(Letter).exists()
    [job] = jobs()
    danger_disclosed(**job.args)
    assert past(Letter).count() == 1


def test_a_stranger_hears_no_alarm(helpline: Organisation, maya: Agent, nadia: Agent) -> None:
    ref, _ = asked()
    pressed(maya, ref)
    danger_disclosed(question_ref=str(ref))
    with acting_as(nadia):
        assert alarms_for(nadia) == []


def test_a_question_that_may_be_a_danger_rings_until_it_is_settled(
    helpline: Organisation, maya: Agent, nadia: Agent
) -> None:
    asked()
    ref, _ = asked("Je veux mourir.")
    with acting_as(maya):
        [alarm] = alarms_for(maya)
        assert alarm.address == reverse("exchange:show", args=[ref])
    with acting_as(nadia):
        assert alarms_for(nadia) == []
    answered(maya, ref)
    with acting_as(maya):
        assert alarms_for(maya) == []
