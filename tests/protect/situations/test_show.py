"""The page of a situation: what it tells, of whom, and the trace that reading it leaves."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.people.models import Minor, PossibleMatch
from fanal.ground.people.use_cases import tie_minors
from fanal.protect.situations.models import Entry, Situation
from fanal.protect.situations.terms import EntryKind
from protect.situations.following import begin
from rows import as_owner

pytestmark = pytest.mark.django_db


def test_a_note_is_written_from_the_fil(client: Client, claire: Agent, followed: Situation) -> None:
    client.force_login(claire)

    answer = client.post(
        reverse("situations:write", args=[followed.ref]),
        {"text": "Visite au foyer.", "kind": "visit", "day": "02/03/2026", "hour": "14:30"},
    )

    assert answer.status_code == 302
    with acting_as(claire):
        entry = Entry.objects.get(kind=EntryKind.VISIT)
    assert entry.at.isoformat() == "2026-03-02T13:30:00+00:00"
    page = client.get(answer["Location"]).content.decode()
    assert "Visite au foyer." in page


def test_a_refusal_is_said_on_the_form_and_keeps_what_was_typed(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)

    page = client.post(
        reverse("situations:write", args=[followed.ref]),
        {"text": "Rendez-vous prévu.", "kind": "note", "day": "01/01/2099"},
    ).content.decode()

    assert "cette date est dans l&#x27;avenir" in page
    assert "Rendez-vous prévu." in page


def test_what_is_typed_is_never_markup(client: Client, claire: Agent, followed: Situation) -> None:
    client.force_login(claire)
    client.post(
        reverse("situations:write", args=[followed.ref]),
        {"text": "<script>alert(1)</script>", "kind": "note"},
    )

    for screen in ("show", "dossier"):
        page = client.get(reverse(f"situations:{screen}", args=[followed.ref])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_other_information_is_told_and_each_time_traced(
    client: Client, ines: Agent, claire: Agent, followed: Situation, lea: Minor
) -> None:
    other = MinorFactory(given_names="Lea")
    with as_owner():
        PossibleMatch.objects.create(
            case_file=lea.case_file, other=other.case_file, reasons=["même nom"], found_at=NOON
        )
    client.force_login(claire)

    page = client.get(reverse("situations:show", args=[followed.ref])).content.decode()

    assert "Une autre information existe" in page
    assert "appelez la CRIP" in page
    with acting_as(claire):
        assert Trace.objects.get(deed="situation.hint").outcome == "read"


def test_of_a_sealed_file_no_hint_is_given(
    client: Client, claire: Agent, followed: Situation, lea: Minor
) -> None:
    other = MinorFactory(given_names="Lea")
    with as_owner():
        PossibleMatch.objects.create(
            case_file=lea.case_file, other=other.case_file, reasons=["même nom"], found_at=NOON
        )
        other.case_file.sealed_at, other.case_file.seal_reason = NOON, "invention"
        other.case_file.save()
    client.force_login(claire)

    page = client.get(reverse("situations:show", args=[followed.ref])).content.decode()

    assert "Une autre information existe" not in page
    with acting_as(claire):
        assert not Trace.objects.filter(deed="situation.hint").exists()


def test_brothers_and_sisters_are_named_to_those_who_see_them(
    client: Client, ines: Agent, claire: Agent, followed: Situation, lea: Minor
) -> None:
    brother = MinorFactory(given_names="Tom")
    with acting_as(ines):
        tie_minors(case_file=lea.case_file, other=brother.case_file, kind="sibling")  # type: ignore[arg-type]
    address = reverse("situations:people", args=[followed.ref])

    client.force_login(ines)
    assert "Tom Inventée" in client.get(address).content.decode()
    client.force_login(claire)
    assert "Tom Inventée" not in client.get(address).content.decode()

    begin(ines, claire, brother)
    assert "Tom Inventée" in client.get(address).content.decode()


def test_the_referent_reads_their_own_traces_and_the_supervisor_all(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    address = reverse("situations:access", args=[followed.ref])
    client.force_login(ines)
    page = client.get(address).content.decode()
    assert "Ce qui a été lu et fait" in page
    assert "Situation : situation ouverte" in page

    client.force_login(claire)
    page = client.get(address).content.decode()

    assert "Ce que vous avez lu et fait" in page
    assert "Situation : consultation" in page
    assert "situation ouverte" not in page


def test_reading_leaves_a_trace(client: Client, ines: Agent, followed: Situation) -> None:
    client.force_login(ines)
    client.get(reverse("situations:show", args=[followed.ref]))

    with acting_as(ines):
        trace = Trace.objects.get(deed="situation.read")
    assert (trace.subject_ref, trace.agent) == (followed.ref, ines)


def test_the_dossier_is_printed_as_a_pdf_that_names_nobody_outside(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)

    answer = client.get(reverse("situations:dossier_pdf", args=[followed.ref]))

    assert answer.content.startswith(b"%PDF")
    assert followed.number in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    with acting_as(claire):
        assert Trace.objects.filter(deed="situation.dossier").exists()
