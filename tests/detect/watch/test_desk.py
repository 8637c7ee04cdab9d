"""The desk: what presses first, what becomes of an alert, its export, its counts; and strangers."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from detect.watch.telling import DAY, HOUR, NOON, SAID, alerted, reader
from fanal.detect.concerns.models import Draft
from fanal.detect.watch import figures, use_cases
from fanal.detect.watch.models import AlertCount, AlertStep, AlertWord, LodgingAlert
from fanal.detect.watch.terms import Decision, Moment, Result, Seen, Urgency
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.agents.sessions import OPENED
from fanal.ground.audit.models import Trace
from fanal.ground.retention.terms import THRESHOLD
from past import past
from rows import as_owner

pytestmark = pytest.mark.django_db
DESK, EXPORT, FIGURES = (reverse(f"watch:{one}") for one in ("desk", "export", "figures"))
OF_AN_ALERT = ("show", "take", "qualify", "ask", "concern", "close", "undo")


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    settings.FANAL_SERVICE = ""


def signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    session = client.session
    session[OPENED] = time.time()
    session.save()
    return client


def address(act: str, ref: UUID) -> str:
    return reverse(f"watch:{act}", args=[ref])


def test_the_list_is_sorted_by_its_reasons_then_by_age(hugo: Agent) -> None:
    said: dict[Urgency, dict[str, Any]] = {
        Urgency.USUAL: {},
        Urgency.ANSWER: {},
        Urgency.NOW: {"there_now": Seen.YES},
        Urgency.CHILD: {"minor": Seen.PERHAPS},
        Urgency.CHILD_NOW: {"minor": Seen.YES, "moment": Moment.NOW},
        Urgency.DANGER: {"danger": True},
    }
    # The more it presses, the later it came; a younger one of the same reason comes after.
    made = {
        one: (alerted(now=NOON + one * HOUR, **more), alerted(now=NOON + DAY, **more))
        for one, more in said.items()
    }
    with as_owner():
        waits = [one.pk for one in made[Urgency.ANSWER]]
        LodgingAlert.objects.filter(pk__in=waits).update(word_waits=True)
    page = signed_in(hugo).get(DESK).content.decode()
    places = [page.index(alert.receipt) for one in Urgency for alert in made[one]]
    assert places == sorted(places)
    for one in list(Urgency)[:-1]:
        assert made[one][0].urgencies[:1] == [one] or one is Urgency.ANSWER
        assert str(one.label) in page


def test_from_the_list_to_the_end_and_back(hugo: Agent) -> None:
    alert = alerted(address="40 avenue de la Légende")
    desk = signed_in(hugo)
    assert address("show", alert.ref) in desk.get(DESK).content.decode()
    page = desk.get(address("show", alert.ref)).content.decode()
    assert SAID in page
    desk.post(address("take", alert.ref))
    assert "déjà à vous" in desk.post(address("take", alert.ref), follow=True).content.decode()
    early = desk.post(address("close", alert.ref), {"result": "nothing", "note": "Vu."})
    assert "Qualifiez" in early.content.decode()
    assert "Vu." in early.content.decode()
    assert desk.post(address("qualify", alert.ref), {}).status_code == 200
    desk.post(address("qualify", alert.ref), {"decision": "to_check"})
    desk.post(address("ask", alert.ref), {"text": "Sont-ils là ?"})
    assert past(AlertWord).get().text == "Sont-ils là ?"
    desk.post(address("close", alert.ref), {"result": "nothing"})
    closed = past(LodgingAlert).get()
    assert (closed.state, closed.result) == ("closed", "nothing")
    assert "est close" in desk.post(address("ask", alert.ref), {"text": "?"}).content.decode()
    assert alert.receipt not in desk.get(DESK).content.decode()
    assert alert.receipt in desk.get(f"{DESK}?state=all").content.decode()
    desk.post(address("undo", alert.ref))
    again = past(LodgingAlert).get()
    assert (again.state, again.result, again.closed_at) == ("taken", "", None)
    deeds = {one.deed for one in past(Trace).filter(agent=hugo)}
    assert deeds >= {f"alert.{one}" for one in ("list", "read", "take", "qualify", "ask", "undo")}
    assert SAID not in str([one.detail for one in past(Trace)])


def test_without_follow_up_says_why_and_twice_says_of_which(hugo: Agent, lena: Agent) -> None:
    alert, same, far = alerted(), alerted(), alerted("13055")
    desk = signed_in(hugo)
    page = desk.post(address("qualify", alert.ref), {"decision": "no_follow_up"})
    assert "Dites pourquoi" in page.content.decode()
    for number in ("", alert.receipt, far.receipt, "HB-2026-0000-0000"):
        given = {"decision": "duplicate", "duplicate_of": number}
        page = desk.post(address("qualify", alert.ref), given)
        assert "Aucune autre alerte" in page.content.decode()
    given = {"decision": "duplicate", "duplicate_of": same.receipt.lower()}
    desk.post(address("qualify", alert.ref), given)
    found = past(LodgingAlert).get(pk=alert.pk)
    assert (found.state, found.result, found.duplicate_of_id) == ("closed", "duplicate", same.pk)


def test_a_sign_of_a_child_opens_protection_before_the_enquiry(hugo: Agent) -> None:
    alert = alerted(minor=Seen.PERHAPS, danger=True, address="40 avenue de la Légende")
    desk = signed_in(hugo)
    page = desk.post(address("qualify", alert.ref), {"decision": "enquiry"})
    assert "Commencez d’abord" in page.content.decode()
    answer = desk.post(address("concern", alert.ref))
    draft = past(Draft).get()
    assert answer["Location"] == reverse("concerns:write", args=[draft.ref, "danger"])
    content = draft.content
    assert (content["author_kind"], content["immediate_danger"]) == ("police", "yes")
    assert "(59350)" in content["commune"]
    assert SAID in content["facts"]
    # Who told the police of a lodging is not told to the CRIP.
    assert alert.get_writer_display() not in content["facts"]
    # Pressed twice, it is one draft; and nothing ends while it waits.
    assert desk.post(address("concern", alert.ref))["Location"] == answer["Location"]
    assert past(Draft).count() == 1
    assert "n’est pas partie" in desk.get(address("show", alert.ref)).content.decode()
    desk.post(address("qualify", alert.ref), {"decision": "enquiry"})
    page = desk.post(address("close", alert.ref), {"result": "enquiry"})
    assert "avant de clore" in page.content.decode()
    ends = {"decision": "no_follow_up", "note": "Rien."}
    assert "avant de clore" in desk.post(address("qualify", alert.ref), ends).content.decode()
    found = past(LodgingAlert).get()
    assert (found.decision, found.concern) == ("enquiry", draft.ref)


def test_the_enquiry_may_go_first_with_a_reason(hugo: Agent) -> None:
    alert = alerted(minor=Seen.YES)
    given = {"decision": "enquiry", "note": "Aucun enfant identifiable à ce stade."}
    signed_in(hugo).post(address("qualify", alert.ref), given)
    assert past(LodgingAlert).get().decision == Decision.ENQUIRY


def test_a_search_stands_in_no_address(hugo: Agent) -> None:
    alert, other = alerted(address="40 avenue de la Légende"), alerted(address="3 rue du Conte")
    desk = signed_in(hugo)
    answer = desk.post(DESK, {"q": "40 av. de la legende"})
    assert "legende" not in answer["Location"]
    page = desk.get(answer["Location"]).content.decode()
    assert alert.receipt in page
    assert other.receipt not in page


def test_the_export_holds_places_and_no_word_nor_who_wrote(hugo: Agent, lena: Agent) -> None:
    alerted(contact="03 53 01 00 09")
    alerted("13055")
    desk = signed_in(hugo)
    file = desk.get(EXPORT).content.decode()
    assert "12 rue de Lille" in file
    assert "Marseille" not in file
    for kept in (SAID, "03 53 01", "Personnel"):
        assert kept not in file
    session = desk.session
    session[OPENED] = time.time() - 3_600
    session.save()
    assert desk.get(EXPORT).status_code == 302


def test_a_small_count_is_not_said_and_erased_ones_count(hugo: Agent) -> None:
    for _ in range(THRESHOLD - 1):
        alerted()
    with acting_as(hugo):
        assert [(one.month, one.number) for one in figures.lines()] == [(date(2026, 11, 1), None)]
    page = signed_in(hugo).get(FIGURES).content.decode()
    assert "moins de 11" in page
    with as_owner():
        AlertCount.objects.create(departement_id="59", month=date(2026, 11, 1), number=1)
    with acting_as(hugo):
        assert [one.number for one in figures.lines()] == [THRESHOLD]


def test_closed_for_twelve_months_it_goes_whole_and_its_month_keeps_the_count(
    hugo: Agent,
) -> None:
    from django.utils.timezone import localdate

    from fanal.detect.watch.retention import _erase, closed_alerts
    from fanal.ground.access.terms import Purpose

    old, twin, waiting = alerted(), alerted(), alerted(now=NOON - 900 * DAY)
    with acting_as(hugo):
        for one, end in ((old, NOON), (twin, NOON + DAY)):
            use_cases.ask_more(agent=hugo, ref=one.ref, text="?", now=NOON)
            use_cases.qualify_alert(
                agent=hugo, ref=one.ref, decision=Decision.TO_CHECK, note="", now=NOON
            )
            use_cases.close_alert(agent=hugo, ref=one.ref, result=Result.NOTHING, note="", now=end)
    with as_owner():
        LodgingAlert.objects.filter(pk=twin.pk).update(duplicate_of=old.pk)
    with acting_as(None, purpose=Purpose.RETENTION):
        assert list(closed_alerts(localdate(NOON))) == []
        due = closed_alerts(localdate(NOON) + timedelta(days=1))
        assert [one.pk for one in due] == [old.pk]
        _erase(due)
    assert {one.pk for one in past(LodgingAlert)} == {twin.pk, waiting.pk}
    assert past(AlertStep).filter(alert=old.pk).count() == 0
    assert past(AlertCount).get().number == 1
    with acting_as(hugo):
        assert sum(one.number or 0 for one in figures.lines()) == 0


@pytest.mark.parametrize("act", OF_AN_ALERT)
def test_a_stranger_meets_the_404_of_what_does_not_exist(
    hugo: Agent, lena: Agent, nadia: Agent, act: str
) -> None:
    alert = alerted()
    given = {"decision": "to_check", "text": "x", "result": "nothing"}
    former = reader("59", until=date(2020, 6, 1))
    for stranger, refused in ((lena, (404, 405)), (former, (403, 405)), (nadia, (403, 405))):
        client = signed_in(stranger)
        for method in ("get", "post"):
            answers = [
                getattr(client, method)(address(act, one), given) for one in (alert.ref, uuid4())
            ]
            assert answers[0].status_code == answers[1].status_code
            assert answers[0].status_code in refused
    assert past(LodgingAlert).get().state == "received"
    assert not past(AlertStep).exists()


def test_keys_that_are_closed_hide_the_words_and_not_the_place(
    hugo: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fanal.ground.privacy.sealing.fields import SealedField
    from fanal.ground.privacy.sealing.keys import KeysLocked

    alert = alerted(address="40 avenue de la Légende")

    def closed(*_: object, **__: object) -> None:
        raise KeysLocked

    monkeypatch.setattr(SealedField, "opened", closed)
    page = signed_in(hugo).get(address("show", alert.ref)).content.decode()
    assert "40 avenue de la Légende" in page
    assert "ce renseignement est scellé" in page
