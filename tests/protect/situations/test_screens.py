"""Each screen opens for those whose work it is, and does not exist for the others."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, ConcernFactory, ExclusionFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Absence, Agent
from fanal.ground.audit.models import Trace
from fanal.ground.people.models import Minor, PossibleMatch
from fanal.ground.people.use_cases import tie_minors
from fanal.protect.situations.models import Entry, HandOver, Situation
from fanal.protect.situations.terms import ClosingReason, EntryKind, Status
from fanal.protect.situations.urls import urlpatterns
from fanal.protect.situations.use_cases import (
    add_entry,
    declare_absence,
    hand_over,
    propose_closing,
)
from fanal.protect.situations.use_cases.entries import write_entry
from protect.situations.following import begin
from protect.situations.screens import LISTS, OF_A_SITUATION
from rows import as_owner

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
def gesture(ines: Agent, claire: Agent, yanis: Agent) -> HandOver:
    begin(ines, claire, MinorFactory())
    with acting_as(ines):
        return hand_over(
            agent=ines,
            authority=Situation.objects.latest("pk").authority,
            giver=claire,
            taker=yanis,
            reason="Départ",
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


def test_a_departure_is_recorded_from_its_screen(client: Client, ines: Agent, yanis: Agent) -> None:
    posting = yanis.postings.get()
    address = reverse("situations:depart", args=[yanis.ref])
    client.force_login(ines)

    assert f'<option value="{posting.pk}"' in client.get(address).content.decode()
    client.post(address, {"posting": posting.pk, "last_day": "31/12/2099"})

    posting.refresh_from_db()
    assert posting.until == date(2099, 12, 31)


def test_my_minors_are_named_by_initials_and_sorted_by_clock(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    elder = begin(ines, claire, MinorFactory(given_names="Mia", birth_date=date(2010, 5, 20)))
    client.force_login(claire)

    page = client.get(reverse("situations:mine")).content.decode()

    assert page.index(elder.number) < page.index(followed.number)
    assert "L. I., " in page
    assert "Léa" not in page


@pytest.mark.parametrize(
    ("shown", "is_there"),
    [("", True), ("to_take_up", True), ("late", False), ("stand_in", False), ("closing", False)],
)
def test_my_minors_can_be_narrowed(
    client: Client, claire: Agent, opened: Situation, shown: str, is_there: bool
) -> None:
    client.force_login(claire)

    page = client.get(reverse("situations:mine"), {"shown": shown}).content.decode()

    assert (opened.number in page) is is_there


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


def test_a_situation_is_opened_from_its_concern(client: Client, ines: Agent, claire: Agent) -> None:
    concern = ConcernFactory(status="decided", outcome="admin_measure", decided_at=NOON)
    client.force_login(ines)
    address = reverse("situations:open_concern", args=[concern.ref])
    assert "checked" in client.get(address).content.decode()

    answer = client.post(address, {"ground": "measure", "referent": claire.pk, "reason": ""})

    with acting_as(ines):
        situation = Situation.objects.get()
    assert answer["Location"] == reverse("situations:show", args=[situation.ref])
    assert (situation.origin_ref, situation.referent) == (concern.ref, claire)


def test_a_minor_who_is_followed_already_leads_to_the_situation(
    client: Client, ines: Agent, followed: Situation, lea: Minor
) -> None:
    client.force_login(ines)

    page = client.get(reverse("situations:open_file", args=[lea.case_file.ref])).content.decode()

    assert "Ce mineur est déjà suivi." in page
    assert reverse("situations:show", args=[followed.ref]) in page


def test_a_situation_is_taken_up_on_its_screen(
    client: Client, claire: Agent, opened: Situation
) -> None:
    client.force_login(claire)
    address = reverse("situations:accept", args=[opened.ref])
    assert address in client.get(reverse("situations:show", args=[opened.ref])).content.decode()

    client.post(address, {"sent": "1"})

    with acting_as(claire):
        opened.refresh_from_db()
    assert opened.status == Status.FOLLOWED


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


def test_the_receipt_is_printed(client: Client, claire: Agent, gesture: HandOver) -> None:
    client.force_login(claire)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert page.count("situation non visible") == 1
    answer = client.get(reverse("situations:receipt_pdf", args=[gesture.ref]))
    assert answer.content == bytes(gesture.receipt)


def test_whoever_took_the_list_sees_its_lines(
    client: Client, yanis: Agent, gesture: HandOver
) -> None:
    client.force_login(yanis)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert "situation non visible" not in page
    assert "suivie par Yanis" in page


def test_a_file_sealed_later_is_no_longer_on_the_supervisor_s_receipt(
    client: Client, hugo: Agent, yanis: Agent, gesture: HandOver
) -> None:
    with as_owner():
        CaseFile.objects.update(sealed_at=NOON, seal_reason="Invention")
    client.force_login(hugo)

    page = client.get(reverse("situations:receipt", args=[gesture.ref])).content.decode()
    assert page.count("situation non visible") == 1
    assert reverse("situations:receipt_pdf", args=[gesture.ref]) not in page


def test_the_signed_paper_is_for_those_who_made_the_gesture(
    client: Client, hugo: Agent, gesture: HandOver
) -> None:
    client.force_login(hugo)

    assert client.get(reverse("situations:receipt", args=[gesture.ref])).status_code == 200
    answer = client.get(reverse("situations:receipt_pdf", args=[gesture.ref]))
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["ines", "claire", "yanis"])
def test_whoever_one_of_the_files_excludes_has_not_the_signed_paper(
    request: pytest.FixtureRequest, client: Client, gesture: HandOver, who: str
) -> None:
    excluded = request.getfixturevalue(who)
    with as_owner():
        case_file = gesture.lines.get().case_file
    client.force_login(excluded)
    paper = reverse("situations:receipt_pdf", args=[gesture.ref])
    assert client.get(paper).status_code == 200

    ExclusionFactory(case_file=case_file, agent=excluded)

    assert client.get(paper).status_code == 404


def test_a_list_is_handed_over_from_the_board(
    client: Client, ines: Agent, claire: Agent, yanis: Agent, followed: Situation
) -> None:
    client.force_login(ines)
    address = reverse("situations:hand_over", args=[claire.ref])
    assert f'value="{followed.ref}"' in client.get(address).content.decode()

    answer = client.post(
        address,
        {"taker": yanis.pk, "reason": "Départ", "situations": [str(followed.ref)]},
        follow=True,
    )

    page = answer.content.decode()
    assert "Remise de situations" in page
    assert "Yanis Inventé" in page


def test_the_board_says_who_carries_what(
    client: Client, ines: Agent, claire: Agent, yanis: Agent, opened: Situation
) -> None:
    client.force_login(ines)

    page = client.get(reverse("situations:board")).content.decode()

    assert "Claire Inventé" in page
    assert "Yanis Inventé" in page
    assert "situations suivies" in page


def test_the_export_names_nobody(client: Client, ines: Agent, followed: Situation) -> None:
    client.force_login(ines)

    answer = client.get(reverse("situations:export"))

    text = answer.content.decode("utf-8-sig")
    assert followed.number in text
    assert "Léa" not in text
    with acting_as(ines):
        assert Trace.objects.filter(deed="situation.export").exists()


def test_a_closing_is_decided_on_its_screen(
    client: Client, ines: Agent, claire: Agent, followed: Situation
) -> None:
    with acting_as(claire):
        propose_closing(
            agent=claire,
            ref=followed.ref,
            reason=ClosingReason.RELAYED,
            text="Relais pris par le lycée.",
            now=NOON,
        )
    client.force_login(ines)
    address = reverse("situations:decide_closing", args=[followed.ref])
    assert "Relais pris par le lycée." in client.get(address).content.decode()

    client.post(address, {"sent": "1"})

    with acting_as(ines):
        followed.refresh_from_db()
    assert followed.status == Status.CLOSED


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Zzzzqx", "code INSEE"), ("Saint-Denis", "Plusieurs communes possibles")],
)
def test_a_commune_that_is_not_one_is_asked_again(
    client: Client, ines: Agent, followed: Situation, typed: str, said: str
) -> None:
    client.force_login(ines)

    page = client.post(
        reverse("situations:transfer", args=[followed.ref]), {"commune": typed, "summary": "x"}
    ).content.decode()

    assert said in page


def test_many_lines_stay_a_constant_number_of_queries(
    client: Client,
    claire: Agent,
    followed: Situation,
    django_assert_max_num_queries: object,
) -> None:
    with acting_as(claire):
        for number in range(30):
            write_entry(
                case_file=followed.case_file,
                situation=followed,
                kind=EntryKind.NOTE,
                text=f"Note {number}.",
                agent=claire,
                now=NOON,
            )
    client.force_login(claire)

    with django_assert_max_num_queries(45):  # type: ignore[operator]
        client.get(reverse("situations:show", args=[followed.ref]))
