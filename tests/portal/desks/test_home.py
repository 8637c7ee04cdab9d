"""Each role's desk, in the world of the demonstration: what needs me today, counted right."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from config.demonstration.world import member, world
from factories import AgentFactory, PostingFactory
from fanal.detect.concerns.models import Concern, Draft, Evaluation, Submission
from fanal.detect.concerns.terms import ENDED, OPEN, Status
from fanal.detect.reports.models import Report
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import BreakGlass
from fanal.ground.agents.models import Agent, TwoPersonRequest
from fanal.ground.agents.terms import RequestKind, Role
from fanal.portal.desks import queries
from fanal.portal.desks.terms import SECTIONS
from fanal.portal.rights.models import RightsRequest
from fanal.portal.rights.terms import OPEN as OPEN_REQUESTS
from fanal.protect.situations.models import Situation
from rows import as_owner

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

FIRST = queries.FIRST
NORD = Q(authority_id="59")
DESKS = {
    "Sofia": "author",
    "Nadia": "crip",
    "Karim": "evaluator",
    "Claire": "referent",
    "Inès": "supervisor",
    "Omar": "on_call",
    "Julien": "parquet",
    "Solène": "controller",
    "Denis": "data_protection",
    "Adèle": "administrator",
    "Maya": "listener",
    "Anouk": "coordinator",
    "Lou": "directory",
    "Hugo": "contact_point",
    "Noé": "reception",
    "Yaël": "steering",
}


def desk(agent: Agent) -> str:
    client = Client()
    client.force_login(agent)
    answer = client.get("/bureau/")
    assert answer.status_code == 200
    return answer.content.decode()


def counters(page: str) -> dict[str, int]:
    """The figures of a desk, by their label."""
    found = re.findall(
        r'counter-number">\s*(\d+)\s*</span>.*?counter-label">.*?<span>(.*?)</span>',
        page,
        flags=re.DOTALL,
    )
    return {label: int(number) for number, label in found}


def test_every_role_that_acts_has_a_section() -> None:
    assert {role for role, _ in SECTIONS} == set(Role)
    assert {name for _, name in SECTIONS} == set(DESKS.values())
    assert all(callable(getattr(queries, name)) for _, name in SECTIONS)


@pytest.mark.parametrize("name", DESKS)
def test_each_desk_shows_its_section_and_no_other(name: str) -> None:
    page = desk(member(name))

    shown = re.findall(r'id="desk-([a-z-]+)"', page)
    assert shown == [DESKS[name].replace("_", "-")]
    assert "Ce qui a besoin de vous aujourd" in page


def test_several_roles_see_several_sections_the_urgent_first() -> None:
    ines = member("Inès")
    for role in ("on_call", "referent"):
        PostingFactory(agent=ines, organisation=ines.postings.first().organisation, role=role)

    shown = re.findall(r'id="desk-([a-z-]+)"', desk(ines))

    assert shown == ["on-call", "supervisor", "referent"]


def test_an_agent_without_a_role_is_told_whom_to_see() -> None:
    page = desk(AgentFactory())

    assert "Aucun rôle ne vous est ouvert" in page
    assert "votre administrateur" in page


def test_the_crip_s_counters_are_those_of_the_tables() -> None:
    moment = now()
    with as_owner():
        held = Concern.objects.filter(NORD)
        open_ = held.filter(status__in=OPEN)
        expected = {
            "à ouvrir": held.filter(status=Status.RECEIVED).count(),
            "objectif dépassé": open_.filter(target_due_at__lt=moment).count(),
            "délai légal dépassé": open_.filter(evaluation_due__lt=localdate()).count(),
            "à rendre sous 7 jours": open_.filter(
                target_due_at__range=(moment, moment + timedelta(days=7))
            ).count(),
            "à décider": held.filter(status=Status.EVALUATED).count(),
        }
    shown = counters(desk(member("Nadia")))

    assert {label: shown[label] for label in expected} == expected
    assert expected["à ouvrir"] > 0
    assert expected["à décider"] > 0
    assert "parquet sans retour" in shown


def test_the_crip_s_list_begins_with_the_danger_that_nobody_opened() -> None:
    nadia = member("Nadia")
    with acting_as(nadia):
        shown = list(queries.crip(nadia, now=now())["concerns"])

    assert len(shown) == FIRST
    assert shown[0].immediate_danger
    assert shown[0].opened_at is None
    rest = [one.target_due_at for one in shown if one.opened_at is not None]
    assert rest == sorted(rest)


def test_the_on_call_s_list_is_every_living_danger_the_unopened_first() -> None:
    omar = member("Omar")
    with as_owner():
        danger = Q(immediate_danger=True) | Q(missing_now=True)
        expected = Concern.objects.filter(NORD, danger).exclude(status__in=ENDED).count()
    with acting_as(omar):
        shown = list(queries.on_call(omar, now=now())["dangers"])

    assert len(shown) == min(expected, FIRST)
    opened = [one.opened_at is not None for one in shown]
    assert opened == sorted(opened)
    assert not opened[0]


def test_a_new_danger_is_never_hidden_behind_those_that_were_opened() -> None:
    omar = member("Omar")
    with as_owner():
        Concern.objects.filter(NORD, opened_at__isnull=False).update(missing_now=True)
        waiting = Concern.objects.get(NORD, immediate_danger=True)
        assert waiting.opened_at is None

    assert waiting.receipt in desk(omar)


def test_the_evaluator_sees_what_is_entrusted_and_not_handed_in() -> None:
    karim = member("Karim")
    with as_owner():
        mine = Evaluation.objects.filter(lead=karim, submitted_at__isnull=True)
        receipts = list(
            mine.order_by("concern__target_due_at").values_list("concern__receipt", flat=True)
        )
        done = Evaluation.objects.filter(lead=karim, submitted_at__isnull=False)
        handed_in = list(done.values_list("concern__receipt", flat=True))
    page = desk(karim)

    assert receipts
    assert re.findall(r"IP-\d{4}-\w{4}-\w{4}", page) == receipts[:FIRST]
    assert not any(receipt in page for receipt in handed_in)


def test_the_referent_sees_their_situations_by_next_clock() -> None:
    claire = member("Claire")
    with as_owner():
        held = Situation.objects.living().filter(referent=claire).count()
    page = desk(claire)

    assert held > 0
    assert f"{held} situation" in page
    with acting_as(claire):
        context = queries.referent(claire, now=now())
    assert context["situations_count"] == held
    due = [clock.due_at for _, clock in context["situations"] if clock is not None]
    assert due == sorted(due)


def test_the_supervisor_s_counter_is_what_they_may_sign() -> None:
    ines = member("Inès")
    with as_owner():
        proposed = Concern.objects.filter(NORD).exclude(proposed="")
        waiting = list(proposed.values_list("receipt", flat=True))
    assert waiting
    page = desk(ines)
    assert counters(page)["à signer"] == len(waiting)
    assert all(receipt in page for receipt in waiting)

    with as_owner():
        Concern.objects.filter(receipt__in=waiting).update(proposed_by=ines)
    page = desk(ines)
    assert counters(page)["à signer"] == 0
    assert not any(receipt in page for receipt in waiting)


def test_the_supervisor_sees_decisions_that_nobody_follows_yet() -> None:
    ines = member("Inès")
    with acting_as(ines):
        to_open = list(queries.supervisor(ines, now=now())["to_open"])
        followed = set(Situation.objects.living().values_list("case_file", flat=True))

    assert to_open
    assert not any(one.case_file_id in followed for one in to_open)
    assert {one.status for one in to_open} <= {"decided", "notified"}


def test_the_parquet_sees_what_awaits_it() -> None:
    julien = member("Julien")
    with as_owner():
        received = Report.objects.filter(Q(court_id="tj59350") | Q(tpe_court_id="tj59350"))
        expected = {
            status: received.filter(status=status).count() for status in ("sent", "acknowledged")
        }
    page = desk(julien)

    assert page.count('data-label="Urgence"') == sum(min(n, FIRST) for n in expected.values())
    assert expected["sent"] > 0
    assert ("Réception à confirmer" in page) is (expected["sent"] > 0)
    assert ("En attente de votre retour" in page) is (expected["acknowledged"] > 0)


def test_the_parquet_reads_no_draft() -> None:
    with as_owner():
        ready = Report.objects.filter(status="sent")
        draft = ready.first()
        assert draft is not None
        draft.pk, draft.ref, draft.number = None, uuid4(), "SI-BROUILLON"
        draft.status, draft.sent_at, draft.sent_by, draft.urgent = "draft", None, None, True
        draft.save()
    page = desk(member("Julien"))

    assert "Réception à confirmer" in page
    assert str(draft.ref) not in page


def test_the_author_sees_receipts_initials_and_states_alone() -> None:
    sofia = member("Sofia")
    with as_owner():
        sent = list(Submission.objects.filter(agent=sofia).order_by("-sent_at")[:FIRST])
        names = set(Concern.objects.values_list("case_file__minor__family_name", flat=True))
    page = desk(sofia)

    assert re.findall(r"IP-\d{4}-\w{4}-\w{4}", page) == [one.receipt for one in sent]
    assert Draft.objects.count() == 0
    assert not any(name in page for name in names if name not in ("Inventé", "Essai", "Personne"))
    assert "17" in page
    assert "112" in page


@pytest.mark.parametrize("name", ["Solène", "Denis"])
def test_who_watches_sees_what_is_to_review_and_to_answer(name: str) -> None:
    with as_owner():
        asked = RightsRequest.objects.filter(NORD, status__in=OPEN_REQUESTS)
        late = asked.filter(due_on__lt=localdate()).count()
        expected = {
            "accès d’urgence à examiner": BreakGlass.objects.filter(
                NORD, reviewed_at__isnull=True
            ).count(),
            "demandes de personnes en cours": asked.count(),
            "demandes de personnes hors délai": late,
        }
    shown = counters(desk(member(name)))

    assert {label: shown[label] for label in expected} == expected
    assert expected["accès d’urgence à examiner"] > 0
    assert expected["demandes de personnes en cours"] > 0


def test_the_administrator_sees_what_somebody_else_asked_to_confirm() -> None:
    adele, nadia = member("Adèle"), member("Nadia")
    assert counters(desk(adele))["demandes à deux, à confirmer"] == 0

    here = adele.postings.get().organisation
    with as_owner():
        TwoPersonRequest.objects.create(
            kind=RequestKind.REENROL,
            agent=nadia,
            organisation=here,
            reason="Téléphone volé.",
            asked_by=member("Inès"),
            asked_at=now(),
        )
    page = desk(adele)

    assert counters(page)["demandes à deux, à confirmer"] == 1
    assert reverse("accounts:invite") in page
    with as_owner():
        TwoPersonRequest.objects.update(asked_by=adele)
    assert counters(desk(adele))["demandes à deux, à confirmer"] == 0


def test_a_desk_elsewhere_shows_nothing_of_here() -> None:
    with as_owner():
        receipts = set(Concern.objects.filter(NORD).values_list("receipt", flat=True))
    page = desk(member("Paul"))

    assert not receipts & set(re.findall(r"IP-\d{4}-\w{4}-\w{4}", page))


def test_a_posting_that_ended_yesterday_closes_the_desk() -> None:
    nadia = member("Nadia")
    nadia.postings.update(until=localdate() - timedelta(days=1))

    page = desk(nadia)

    assert "desk-crip" not in page
    assert "Aucun rôle ne vous est ouvert" in page


@pytest.mark.parametrize("name", [*DESKS, "Paul"])
def test_every_address_of_a_desk_opens_for_who_reads_it(name: str) -> None:
    """A link that answers « interdit » is a promise that the desk does not keep."""
    agent = member(name)
    client = Client()
    client.force_login(agent)
    page = desk(agent)
    main = page.split('id="contenu"', 1)[1].split("</main>")[0]
    for href in sorted(set(re.findall(r'href="(/[^"#]*)"', main))):
        answer = client.get(href.replace("&amp;", "&"))
        assert answer.status_code in (200, 302), href
