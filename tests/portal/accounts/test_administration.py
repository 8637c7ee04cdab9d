"""Delegated administration: one's own organisations, and never one's own account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from fanal.ground.access.decisions import rights_of
from fanal.ground.agents.models import Agent, Organisation, Posting, TwoPersonRequest
from fanal.ground.agents.terms import GIVEN_BY_TWO, Role, held_in
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.portal.accounts.use_cases import accounts as deeds
from fanal.portal.accounts.use_cases.answering import confirm_request
from fanal.portal.accounts.use_cases.asking import AskedByOneself, ask_to_reenrol
from rows import as_owner

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase assez longue"
TAKE = "retirer-un-role/"
INVITED = {
    "email": "nora@fanal.invalid",
    "name": "Nora Inventée",
    "function": "Évaluatrice",
}


def invite(client: Client, organisation: Organisation, *roles: str) -> Agent:
    answer = client.post(
        "/comptes/inviter/", INVITED | {"organisation": organisation.pk, "roles": list(roles)}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Agent.objects.get(email=INVITED["email"])


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", text)
    assert found
    return found[1]


def deeds_traced() -> list[str]:
    with as_owner():
        return list(Trace.objects.order_by("at").values_list("deed", flat=True))


def test_an_invited_agent_comes_in_by_a_link_that_serves_once(
    at_desk: Client, nord: Organisation
) -> None:
    nora = invite(at_desk, nord, "evaluator")
    assert not nora.is_active
    assert rights_of(nora) & {"evaluate_concerns"}
    link = link_in(at_desk.get(f"/comptes/{nora.ref}/").content.decode())

    guest = Client()
    assert "Bonjour Nora Inventée" in guest.get(link).content.decode()
    weak = guest.post(link, {"password": "court", "again": "court"})
    assert weak.status_code == 200
    two = guest.post(link, {"password": PASSWORD, "again": "autre"})
    assert "Les deux ne sont pas les mêmes" in two.content.decode()
    guest.post(link, {"password": PASSWORD, "again": PASSWORD})
    entered = guest.post("/connexion/", {"email": INVITED["email"], "password": PASSWORD})

    assert entered.headers["Location"] == "/bureau/"
    assert guest.get("/bureau/").status_code == 200
    assert Client().get(link).headers["Location"] == "/invitation/"
    assert {"agent.invite", "agent.give_role", "agent.accept_link"} <= set(deeds_traced())


def test_a_link_dies_when_another_leaves_or_its_days_are_over(
    at_desk: Client, nord: Organisation
) -> None:
    nora = invite(at_desk, nord, "evaluator")
    first = link_in(at_desk.get(f"/comptes/{nora.ref}/").content.decode())
    at_desk.post(f"/comptes/{nora.ref}/lien/")
    second = link_in(at_desk.get(f"/comptes/{nora.ref}/").content.decode())
    assert Client().get(first).status_code == 302
    assert Client().get(second).status_code == 200

    nora.invitations.update(expires_at=now())

    assert Client().get(second).status_code == 302


def test_in_a_service_the_link_goes_to_the_agent_and_the_administrator_never_sees_it(
    nord: Organisation,
    adele: Agent,
    service: None,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fanal.ground.agents.middleware.is_required", lambda: False)
    client = Client()
    client.force_login(adele)
    with django_capture_on_commit_callbacks(execute=True):
        nora = invite(client, nord, "evaluator")

    (letter,) = mail.outbox
    assert letter.to == [nora.email]
    assert "Nora" not in letter.body + letter.subject
    assert "/invitation/" not in client.get(f"/comptes/{nora.ref}/").content.decode()
    assert Client().get(link_in(letter.body)).status_code == 200


def test_a_role_that_watches_over_access_waits_for_a_second_administrator(
    at_desk: Client, adele: Agent, bruno: Agent, nord: Organisation, nadia: Agent
) -> None:
    nora = invite(at_desk, nord, "administrator")
    (asked,) = TwoPersonRequest.objects.all()
    assert not nora.postings.exists()

    for who, status in ((adele, "Une autre personne doit"), (nadia, None)):
        client = Client()
        client.force_login(who)
        answer = client.post(f"/comptes/demandes/{asked.ref}/", {"answer": "confirm"}, follow=True)
        assert answer.status_code == (200 if status else 403)
        assert not nora.postings.exists()

    second = Client()
    second.force_login(bruno)
    assert "Nora Inventée" in second.get("/comptes/demandes/").content.decode()
    second.post(f"/comptes/demandes/{asked.ref}/", {"answer": "confirm"})
    assert nora.postings.get().role == Role.ADMINISTRATOR
    # Answered once.
    assert second.post(f"/comptes/demandes/{asked.ref}/").status_code == 404


@trials(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(role=st.sampled_from(list(Role)), whose=st.sampled_from(["self", "other"]))
def test_no_administrator_ever_widens_their_own_rights(
    adele: Agent, nadia: Agent, nord: Organisation, role: Role, whose: str
) -> None:
    before = rights_of(Agent.objects.get(pk=adele.pk))
    about = adele if whose == "self" else nadia
    try:
        given_now = deeds.give_role(
            agent=adele, ref=about.ref, organisation=nord, role=role, reason="essai", now=now()
        )
    except Refusal:
        given_now = False
    assert rights_of(Agent.objects.get(pk=adele.pk)) == before
    assert not given_now or (whose == "other" and role not in GIVEN_BY_TWO)
    assert not given_now or role in held_in(nord.kind)


def test_a_school_s_administrator_makes_no_crip(school: Organisation, adele: Agent) -> None:
    Posting.objects.filter(agent=adele).update(organisation=school)

    with pytest.raises(deeds.RoleNotHeldThere):
        deeds.invite_agent(
            agent=adele, organisation=school, roles=[Role.CRIP], now=now(), **INVITED
        )


def test_a_stranger_sees_and_does_nothing(
    stranger: Agent, nadia: Agent, nord: Organisation
) -> None:
    client = Client()
    client.force_login(stranger)

    assert nadia.name not in client.get("/comptes/").content.decode()
    for door in (
        "",
        "suspendre/",
        "rouvrir/",
        "fermer-les-sessions/",
        "lien/",
        "reinscrire/",
        TAKE,
    ):
        method = client.get if door in ("", "reinscrire/", TAKE) else client.post
        assert method(f"/comptes/{nadia.ref}/{door}").status_code == 404, door
    with pytest.raises(NotVisible):
        deeds.invite_agent(
            agent=stranger, organisation=nord, roles=[Role.CRIP], now=now(), **INVITED
        )


def test_suspending_closes_sessions_at_once_and_opening_again_gives_the_account_back(
    at_desk: Client, karim: Agent
) -> None:
    karim.set_password(PASSWORD)
    karim.save()
    inside = Client()
    inside.force_login(karim)

    at_desk.post(f"/comptes/{karim.ref}/suspendre/")

    assert inside.get("/bureau/").status_code == 302
    karim.refresh_from_db()
    assert not karim.is_active
    assert "Suspendu" in at_desk.get("/comptes/?state=suspended").content.decode()
    at_desk.post(f"/comptes/{karim.ref}/rouvrir/")
    karim.refresh_from_db()
    assert karim.is_active
    assert {"agent.suspend", "agent.resume"} <= set(deeds_traced())


def test_nobody_acts_on_their_own_account(at_desk: Client, adele: Agent) -> None:
    for door in ("suspendre/", "fermer-les-sessions/"):
        said = at_desk.post(f"/comptes/{adele.ref}/{door}", follow=True).content.decode()
        assert "Personne n’agit sur son propre compte" in said
    with pytest.raises(AskedByOneself):
        ask_to_reenrol(agent=adele, ref=adele.ref, reason="essai", now=now())


def test_who_answers_for_minors_is_not_suspended(
    at_desk: Client, claire: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "held_by", lambda agent, authority: 2)

    said = at_desk.post(f"/comptes/{claire.ref}/suspendre/", follow=True).content.decode()

    assert "répond encore de 2 situations" in said
    claire.refresh_from_db()
    assert claire.is_active


def test_who_works_elsewhere_too_is_not_suspended_from_here(
    at_desk: Client, nadia: Agent, bouches_du_rhone: Organisation
) -> None:
    Posting.objects.create(
        agent=nadia, organisation=bouches_du_rhone, role=Role.CRIP, since=localdate()
    )

    said = at_desk.post(f"/comptes/{nadia.ref}/suspendre/", follow=True).content.decode()

    assert "travaille aussi pour une autre organisation" in said


def test_a_lost_factor_takes_two_people_and_starts_again(
    at_desk: Client, adele: Agent, bruno: Agent, nadia: Agent, nord: Organisation
) -> None:
    nadia.set_password(PASSWORD)
    nadia.save()
    inside = Client()
    inside.force_login(nadia)
    at_desk.post(f"/comptes/{nadia.ref}/reinscrire/", {"reason": "Téléphone volé."})
    asked = TwoPersonRequest.objects.get()
    with pytest.raises(AskedByOneself):
        confirm_request(agent=adele, ref=asked.ref, now=now())
    assert inside.get("/bureau/").status_code == 200

    controller = Client()
    Posting.objects.filter(agent=bruno).update(role=Role.CONTROLLER)
    controller.force_login(bruno)
    page = controller.post(
        f"/comptes/demandes/{asked.ref}/", {"answer": "confirm"}, follow=True
    ).content.decode()

    assert inside.get("/bureau/").status_code == 302
    nadia.refresh_from_db()
    assert not nadia.has_usable_password()
    Client().post(link_in(page), {"password": PASSWORD, "again": PASSWORD})
    nadia.refresh_from_db()
    assert nadia.check_password(PASSWORD)
    assert {"agent.ask_reenrol", "agent.reenrol_confirmed"} <= set(deeds_traced())


def test_the_database_refuses_an_answer_by_who_asked(
    adele: Agent, nadia: Agent, nord: Organisation
) -> None:
    asked = ask_to_reenrol(agent=adele, ref=nadia.ref, reason="essai", now=now())

    for who in (adele, nadia):
        with pytest.raises(IntegrityError), transaction.atomic():
            TwoPersonRequest.objects.filter(pk=asked.pk).update(answered_by=who)


def test_the_list_is_filtered_and_exported_without_a_formula(
    at_desk: Client, nadia: Agent, karim: Agent, paul: Agent
) -> None:
    Agent.objects.filter(pk=karim.pk).update(name="=1+1")
    page = at_desk.get("/comptes/?role=crip").content.decode()
    assert nadia.name in page
    assert "=1+1" not in page

    table = at_desk.get("/comptes/export.csv").content.decode()

    assert "'=1+1" in table
    assert nadia.email in table
    assert paul.email not in table
    assert "agent.export" in deeds_traced()
