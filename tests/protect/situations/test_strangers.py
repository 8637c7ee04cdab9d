"""Each screen opens for those whose work it is, and does not exist for the others."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, ConcernFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Absence, Agent
from fanal.ground.people.models import Minor
from fanal.protect.situations.models import Entry, HandOver, Situation
from fanal.protect.situations.terms import ClosingReason, EntryKind, Status
from fanal.protect.situations.urls import urlpatterns
from fanal.protect.situations.use_cases import (
    add_entry,
    declare_absence,
    propose_closing,
)
from protect.situations.screens import LISTS, OF_A_SITUATION

pytestmark = pytest.mark.django_db


POSTS = {
    "write": {"text": "Faux.", "kind": "note"},
    "accept": {"sent": "1"},
    "assign": {"referent": "1", "reason": "x"},
    "propose_closing": {"reason": "relayed", "text": "x"},
    "decide_closing": {"sent": "1"},
    "send_back_closing": {"reason": "x"},
    "reopen": {"reason": "x"},
    "transfer": {"commune": "13055", "summary": "x"},
    "majority": {"on": "01/01/2026", "reason": "x"},
    "exit_interview": {"text": "x"},
}


@pytest.fixture
def note(claire: Agent, followed: Situation) -> Entry:
    with acting_as(claire):
        return add_entry(
            agent=claire,
            situation_ref=followed.ref,
            kind=EntryKind.CALL,
            text="Appel du foyer (invention).",
            now=NOON,
        )


@pytest.fixture
def absence(claire: Agent, yanis: Agent) -> Absence:
    with acting_as(claire):
        return declare_absence(
            agent=claire,
            absent=claire,
            stand_in=yanis,
            since=date(2099, 1, 1),
            until=date(2099, 1, 9),
            now=NOON,
        )


def addresses(
    followed: Situation, note: Entry, gesture: HandOver, absence: Absence, lea: Minor, giver: Agent
) -> dict[str, str]:
    """Every screen about somebody or something of the Nord."""
    concern = ConcernFactory(minor=MinorFactory())
    about: dict[str, object] = dict.fromkeys(OF_A_SITUATION, followed.ref)
    about |= {
        "correct": note.ref,
        "receipt": gesture.ref,
        "receipt_pdf": gesture.ref,
        "back_early": absence.ref,
        "hand_over": giver.ref,
        "depart": giver.ref,
        "open_concern": concern.ref,
        "open_report": lea.ref,
        "open_file": lea.case_file.ref,
    }
    return {name: reverse(f"situations:{name}", args=[key]) for name, key in about.items()}


def test_every_screen_that_is_about_somebody_is_tried_below() -> None:
    named = {pattern.name for pattern in urlpatterns}
    tried = {*OF_A_SITUATION, *LISTS}
    tried |= {"correct", "receipt", "receipt_pdf", "back_early", "hand_over", "depart"}
    tried |= {"open_concern", "open_report", "open_file"}
    assert named == tried


def test_a_stranger_meets_the_same_404_on_every_screen(
    client: Client,
    paul: Agent,
    followed: Situation,
    note: Entry,
    gesture: HandOver,
    absence: Absence,
    lea: Minor,
    claire: Agent,
) -> None:
    client.force_login(paul)

    for name, address in addresses(followed, note, gesture, absence, lea, claire).items():
        assert client.get(address).status_code == 404, name
        posted = client.post(address, POSTS.get(name, {"sent": "1"}))
        assert posted.status_code in (404, 405), name


def test_a_stranger_changes_nothing(
    client: Client, paul: Agent, claire: Agent, followed: Situation
) -> None:
    client.force_login(paul)
    for name, fields in POSTS.items():
        client.post(reverse(f"situations:{name}", args=[followed.ref]), fields)

    with acting_as(claire):
        followed.refresh_from_db()
        lines = Entry.objects.filter(case_file=followed.case_file).count()
    assert (followed.status, followed.referent, lines) == (Status.FOLLOWED, claire, 2)


@pytest.mark.parametrize("who", ["sofia", "julien", "omar", "karim", "nadia"])
def test_those_whose_work_is_another_are_turned_away(
    request: pytest.FixtureRequest, client: Client, followed: Situation, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))

    for screen in OF_A_SITUATION:
        address = reverse(f"situations:{screen}", args=[followed.ref])
        assert client.get(address).status_code == 403, screen


def test_nobody_passes_unnamed(client: Client, followed: Situation) -> None:
    for screen in (*LISTS, *OF_A_SITUATION):
        key = [] if screen in LISTS else [followed.ref]
        assert client.get(reverse(f"situations:{screen}", args=key)).status_code == 302


def test_every_screen_opens_for_those_who_supervise(
    client: Client,
    ines: Agent,
    followed: Situation,
    note: Entry,
    gesture: HandOver,
    absence: Absence,
    lea: Minor,
    claire: Agent,
) -> None:
    client.force_login(ines)

    found = addresses(followed, note, gesture, absence, lea, claire)
    del found["open_report"]
    for name, address in [*found.items(), *((one, reverse(f"situations:{one}")) for one in LISTS)]:
        assert client.get(address).status_code == 200, name


def test_a_get_decides_nothing(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    with acting_as(claire):
        propose_closing(
            agent=claire, ref=followed.ref, reason=ClosingReason.RELAYED, text="Fini.", now=NOON
        )
    client.force_login(ines)
    client.get(reverse("situations:decide_closing", args=[followed.ref]))

    with acting_as(ines):
        followed.refresh_from_db()
    assert followed.status == Status.CLOSING
