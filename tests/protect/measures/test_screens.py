"""What those who follow a minor see and write on the measures' screens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, ConcernFactory, GrantFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent
from fanal.ground.deadlines.terms import RuleCode
from fanal.ground.people.models import Minor
from fanal.protect.measures.models import CareQuestion, ExitBan, Measure
from fanal.protect.measures.terms import Answer, MeasureType, Orderer, Status
from fanal.protect.measures.use_cases import ask_parents
from fanal.protect.measures.views import recording, requesting, show
from fanal.protect.situations.models import Situation
from protect.measures.acting import (
    DAY,
    LONG_AFTER,
    again,
    ask,
    decide,
    due,
    in_force,
    order,
    seise,
)

pytestmark = pytest.mark.django_db

DAY_TYPED = "09/03/2026"


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screens' day is 1 June 2026."""
    for module in (recording, requesting, show):
        monkeypatch.setattr(module, "now", lambda: LONG_AFTER)


def page(client: Client, name: str, ref: object) -> str:
    response = client.get(reverse(f"measures:{name}", args=[ref]))
    assert response.status_code == 200
    return response.content.decode()


def write(client: Client, name: str, ref: object, **typed: Any) -> str:
    """Post an event; returns where it leads, or the page that refuses."""
    response = client.post(reverse(f"measures:{name}", args=[ref]), typed)
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_a_situation_without_a_measure_says_what_comes_next(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)

    shown = page(client, "of_situation", followed.ref)

    assert "Aucune mesure n'est demandée ni en cours." in shown
    assert reverse("measures:request", args=[followed.ref]) in shown
    assert 'aria-current="page">Mesures' in shown


def test_the_tab_and_the_head_of_the_situation_tell_what_is_in_force(
    client: Client, claire: Agent, followed: Situation, aemo: Measure
) -> None:
    client.force_login(claire)

    shown = page(client, "of_situation", followed.ref)

    assert "Action éducative en milieu ouvert (AEMO), jusqu&#x27;au 9 mars 2027" in shown
    assert "Projet pour l" in shown
    assert '<span class="tally">1</span>' in shown


def test_a_measure_is_asked_for_and_its_page_says_what_is_expected(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)
    form = page(client, "request", followed.ref)
    assert "Lille (59350)" in form
    assert 'name="referent"' not in form

    where = write(
        client,
        "request",
        followed.ref,
        type="placement_ase",
        reason="Danger constaté (invention).",
        commune="Lille (59350)",
    )

    with acting_as(claire):
        measure = Measure.objects.get()
    assert where == reverse("measures:show", args=[measure.ref])
    shown = page(client, "show", measure.ref)
    assert "Saisine du juge des enfants" in shown
    assert "Danger constaté (invention)." in shown


def test_a_concern_s_measure_asks_for_a_referent(
    client: Client, ines: Agent, claire: Agent, lea: Minor
) -> None:
    concern = ConcernFactory(minor=lea, status="decided", outcome="admin_measure", decided_at=NOON)
    client.force_login(ines)
    assert 'name="referent"' in page(client, "request_concern", concern.ref)

    write(
        client,
        "request_concern",
        concern.ref,
        type="aed",
        reason="Accord de la famille (invention).",
        commune="59350",
        referent=claire.pk,
    )

    with acting_as(claire):
        assert Measure.objects.get().situation.referent == claire


def test_a_file_s_measure_is_asked_by_those_who_supervise(
    client: Client, ines: Agent, claire: Agent, lea: Minor
) -> None:
    client.force_login(ines)

    write(
        client,
        "request_file",
        lea.case_file.ref,
        type="aemo",
        reason="Ordonnance reçue (invention).",
        commune="59350",
        referent=claire.pk,
    )

    with acting_as(claire):
        assert Measure.objects.get().type == MeasureType.AEMO


def test_a_commune_that_bears_no_name_is_said(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)

    refused = write(
        client, "request", followed.ref, type="aed", reason="x", commune="Ville-Inventée-Nulle-Part"
    )

    assert "Aucune commune ne porte ce nom" in refused


def test_the_course_is_walked_from_screen_to_screen(
    client: Client, claire: Agent, placement: Measure
) -> None:
    client.force_login(claire)
    home = reverse("measures:show", args=[placement.ref])
    events: list[tuple[str, dict[str, Any]]] = [
        ("order_provisional", {"by": "prosecutor", "on": DAY_TYPED, "kin_option": "urgency"}),
        ("seise_judge", {"by": "prosecutor", "on": "10/03/2026"}),
        ("ask_lawyer", {"on": "10/03/2026"}),
        ("name_lawyer", {"on": "12/03/2026"}),
        (
            "order_provisional",
            {
                "by": "judge",
                "on": "20/03/2026",
                "judge_of_the_place": "on",
                "kin_option": "urgency",
            },
        ),
        ("hand_over_judge", {"commune": "13055", "on": "30/03/2026"}),
        ("record_notification", {"on": "23/03/2026"}),
        ("record_appeal", {"on": "30/03/2026"}),
        ("record_appeal_judged", {"on": "20/04/2026", "note": "Confirmé."}),
        ("order_investigation", {"on": "21/04/2026"}),
        ("set_hearing", {"day": "25/05/2026", "hour": "9h30"}),
        ("record_summons", {"on": "04/05/2026"}),
        ("record_hearing", {"on": "25/05/2026", "child_heard": "heard"}),
        (
            "extend_provisional",
            {"prosecutor_opinion_on": "25/05/2026", "on": "25/05/2026"},
        ),
        (
            "record_decision",
            {
                "type": "placement_ase",
                "decided_on": "26/05/2026",
                "ends_on": "26/05/2027",
                "kin_option": "evaluated",
                "child_heard": "heard",
            },
        ),
        ("start_measure", {"on": "27/05/2026"}),
        ("record_plan", {"on": "28/05/2026"}),
        ("record_report", {"on": "29/05/2026"}),
        ("ask_parents", {"text": "Passage en famille d'accueil", "sent_on": "29/05/2026"}),
        ("order_exit_ban", {"by": "prosecutor", "on": "29/05/2026"}),
        ("seise_exit_ban", {"on": "30/05/2026"}),
        ("end_exit_ban", {"on": "30/05/2026"}),
        ("lift_measure", {"on": "31/05/2026", "reason": "Danger levé (invention)."}),
    ]
    for name, typed in events:
        assert reverse(f"measures:{name}", args=[placement.ref]) in page(
            client, "show", placement.ref
        ), name
        assert page(client, name, placement.ref)
        assert write(client, name, placement.ref, **typed) == home, name

    ended = again(claire, placement)
    assert (ended.status, ended.tpe_court_id) == (Status.LIFTED, "tj13055")
    shown = page(client, "show", placement.ref)
    assert "Danger levé (invention)." in shown
    assert "Enregistrer la suite" not in shown


def test_an_administrative_course_asks_for_the_agreement_first(
    client: Client, claire: Agent, followed: Situation
) -> None:
    client.force_login(claire)
    measure = decide(claire, ask(claire, followed, MeasureType.AED))
    shown = page(client, "show", measure.ref)
    assert reverse("measures:record_agreement", args=[measure.ref]) in shown
    assert reverse("measures:start_measure", args=[measure.ref]) not in shown
    assert reverse("measures:seise_judge", args=[measure.ref]) not in shown

    write(client, "record_agreement", measure.ref, on=DAY_TYPED, signed_by="Parent Inventé")
    write(client, "start_measure", measure.ref, on=DAY_TYPED)

    assert again(claire, measure).status == Status.IN_FORCE
    assert "Parent Inventé" in page(client, "show", measure.ref)


def test_a_renewal_leads_to_the_measure_that_follows(
    client: Client, claire: Agent, aemo: Measure
) -> None:
    client.force_login(claire)
    form = page(client, "renew_measure", aemo.ref)
    assert 'value="09/03/2027"' in form
    assert 'name="agreed_on"' not in form

    where = write(
        client,
        "renew_measure",
        aemo.ref,
        decided_on="20/05/2026",
        starts_on="09/03/2027",
        ends_on="09/03/2028",
    )

    with acting_as(claire):
        following = Measure.objects.get(follows=aemo)
    assert where == reverse("measures:show", args=[following.ref])
    assert "Une autre mesure a pris la suite." in page(client, "show", aemo.ref)
    assert "Fait suite à" in page(client, "show", following.ref)


def test_a_modification_to_a_placement_asks_what_kin_could_do(
    client: Client, claire: Agent, aemo: Measure
) -> None:
    client.force_login(claire)
    typed = {"type": "placement_ase", "decided_on": "20/05/2026", "ends_on": "20/05/2027"}

    assert "accueil par un proche a été évalué" in write(
        client, "modify_measure", aemo.ref, **typed
    )
    write(client, "modify_measure", aemo.ref, **typed, kin_option="evaluated")

    assert again(claire, aemo).status == Status.MODIFIED


def test_an_administrative_renewal_carries_its_agreement(
    client: Client, claire: Agent, followed: Situation
) -> None:
    aed = in_force(claire, followed, MeasureType.AED)
    client.force_login(claire)

    write(
        client,
        "renew_measure",
        aed.ref,
        decided_on="20/05/2026",
        ends_on="20/05/2027",
        agreed_on="19/05/2026",
        agreed_by="Parent Inventé",
    )

    with acting_as(claire):
        assert Measure.objects.get(follows=aed).agreed_on == date(2026, 5, 19)


def test_a_request_that_led_nowhere_says_why(
    client: Client, claire: Agent, placement: Measure
) -> None:
    client.force_login(claire)

    write(client, "record_no_order", placement.ref, on=DAY_TYPED, reason="Non-lieu (invention).")

    assert "Non-lieu (invention)." in page(client, "show", placement.ref)


def test_a_refusal_is_said_on_the_form(client: Client, claire: Agent, aemo: Measure) -> None:
    client.force_login(claire)

    refused = write(client, "start_measure", aemo.ref, on=DAY_TYPED)

    assert "Cette mesure est en vigueur" in refused


def test_the_parents_answer_is_written(client: Client, claire: Agent, placement: Measure) -> None:
    order(claire, placement, Orderer.JUDGE)
    with acting_as(claire):
        question = ask_parents(
            agent=claire,
            ref=placement.ref,
            text="Passage en famille d'accueil",
            sent_on=DAY,
            received_on=None,
            now=LONG_AFTER,
        )
    client.force_login(claire)
    assert reverse("measures:answer", args=[question.ref]) in page(client, "show", placement.ref)

    write(client, "answer", question.ref, answer="agreed", on="20/03/2026")

    with acting_as(claire):
        assert CareQuestion.objects.get().answer == Answer.AGREED
    assert "Accord, " in page(client, "show", placement.ref)


def test_the_page_draws_the_course_and_says_why_each_day(
    client: Client, claire: Agent, placement: Measure
) -> None:
    order(claire, placement, Orderer.PROSECUTOR)
    client.force_login(claire)

    shown = page(client, "show", placement.ref)

    assert "<svg" in shown
    assert "17 mars 2026, dépassée" in shown
    assert "Pourquoi cette échéance ?" in shown
    assert "8 jours à compter du 9 mars 2026 (art. 375-5 C. civ.) : 17 mars 2026" in shown
    assert "placement provisoire (dépassée)</td>" in shown


def test_those_who_see_and_do_not_follow_find_no_button(
    client: Client, yanis: Agent, placement: Measure
) -> None:
    GrantFactory(case_file=placement.case_file, agent=yanis, capacity="evaluator")
    client.force_login(yanis)

    shown = page(client, "show", placement.ref)

    assert "Enregistrer la suite" not in shown


def test_a_merged_or_ended_measure_is_listed_apart(
    client: Client, claire: Agent, followed: Situation, aemo: Measure
) -> None:
    client.force_login(claire)
    write(client, "lift_measure", aemo.ref, on="20/05/2026", reason="invention")

    shown = page(client, "of_situation", followed.ref)

    assert "Mesures terminées" in shown
    assert "levée" in shown


def test_an_exit_ban_is_shown_on_the_page(
    client: Client, claire: Agent, placement: Measure
) -> None:
    seise(claire, placement)
    client.force_login(claire)

    write(client, "order_exit_ban", placement.ref, by="judge", on=DAY_TYPED)

    with acting_as(claire):
        ban = ExitBan.objects.get()
    assert due(claire, ban.ref, RuleCode.EXIT_BAN_JUDGE) == date(2028, 3, 9)
    assert "Interdite par : Juge des enfants" in page(client, "show", placement.ref)
