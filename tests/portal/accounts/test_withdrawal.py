"""A role is withdrawn: its reason, its trace, its notice, and what it opened closes at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from factories import AgentFactory, CaseFileFactory, GrantFactory, PostingFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import rights_of
from fanal.ground.access.models import CaseFile, Grant
from fanal.ground.access.queries import transaction_began
from fanal.ground.access.use_cases import seal_file
from fanal.ground.access.use_cases.grants import KeepsSeals
from fanal.ground.access.use_cases.steps import ReasonMissing
from fanal.ground.agents.identity import IdentityProvider
from fanal.ground.agents.models import Agent, Organisation, Posting, TwoPersonRequest
from fanal.ground.agents.terms import GIVEN_BY_TWO, Role, held_in
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.notifications.models import Notification
from fanal.portal.accounts.use_cases.accounts import OwnAccount, RoleNotHeldThere
from fanal.portal.accounts.use_cases.answering import confirm_request
from fanal.portal.accounts.use_cases.asking import AskedByOneself
from fanal.portal.accounts.use_cases.entering import NotInvited, find_invited
from fanal.portal.accounts.use_cases.roles import (
    NoSuchRole,
    withdraw_as_host,
    withdraw_role,
)
from fanal.protect.situations.use_cases import departures
from fanal.protect.situations.use_cases.departures import StillAccountable
from past import past

pytestmark = pytest.mark.django_db


PROVIDER = IdentityProvider(
    name="essai",
    label="Essai",
    issuer="https://essai.invalid",
    client_id="",
    client_secret="",
    scope=(),
    acr=(),
    origins=(),
    vouches_for_email=False,
)


def posting_of(agent: Agent, role: str, **more: Organisation) -> Posting:
    return Posting.objects.get(agent=agent, role=role, withdrawn_at__isnull=True, **more)


def fresh(agent: Agent) -> Agent:
    return Agent.objects.get(pk=agent.pk)


def withdraw(
    by: Agent,
    agent: Agent,
    role: str,
    *,
    reason: str = "Change de service.",
    here: Organisation | None = None,
) -> bool:
    posting = posting_of(agent, role, **({"organisation": here} if here else {}))
    with acting_as(by):
        return withdraw_role(
            agent=by,
            ref=agent.ref,
            posting_id=posting.pk,
            reason=reason,
            now=transaction_began(),
        )


def test_a_role_goes_with_its_reason_and_the_open_sessions_with_it(
    at_desk: Client, adele: Agent, bruno: Agent, nadia: Agent
) -> None:
    inside = Client()
    inside.force_login(nadia)
    assert inside.get("/informations/").status_code == 200
    posting = posting_of(nadia, "crip")
    address = f"/comptes/{nadia.ref}/retirer-un-role/"
    page = at_desk.get(f"/comptes/{nadia.ref}/").content.decode()
    assert address in page

    silent = at_desk.post(address, {"posting": posting.pk, "reason": ""})
    assert silent.status_code == 200
    assert posting_of(nadia, "crip").until is None
    done = at_desk.post(address, {"posting": posting.pk, "reason": "Change de service."})

    assert done.status_code == 302
    assert inside.get("/informations/").headers["Location"].startswith("/connexion/")
    assert not rights_of(fresh(nadia))
    again = Client()
    again.force_login(nadia)
    assert again.get("/informations/").status_code == 403
    posting.refresh_from_db()
    assert (posting.withdrawn_by, posting.withdrawn_reason) == (adele, "Change de service.")
    assert "Change de service." in at_desk.get(f"/comptes/{nadia.ref}/").content.decode()
    trace = past(Trace).get(deed="agent.withdraw_role")
    assert trace.detail == {"role": "crip", "files": 0, "sessions": 1}
    assert (trace.agent, trace.subject_ref) == (adele, nadia.ref)
    told = past(Notification).order_by("agent_id")
    assert {one.agent for one in told} == {nadia, bruno}
    assert not any("Nadia" in one.text or "service" in one.text for one in told)


def test_a_role_given_this_morning_is_withdrawn_this_noon(adele: Agent, nord: Organisation) -> None:
    agent = AgentFactory()
    posting = PostingFactory(agent=agent, organisation=nord, role="crip", since=localdate())
    assert rights_of(fresh(agent))

    withdraw(adele, agent, "crip")

    assert not rights_of(fresh(agent))
    posting.refresh_from_db()
    assert posting.since == localdate()
    # Given again, it is a new posting.
    PostingFactory(agent=agent, organisation=nord, role="crip", since=localdate())
    assert rights_of(fresh(agent))


def test_what_the_role_opened_by_name_closes_and_what_another_bears_out_stays(
    adele: Agent, karim: Agent, nord: Organisation, bouches_du_rhone: Organisation
) -> None:
    PostingFactory(agent=karim, organisation=nord, role="referent")
    evaluated, followed = CaseFileFactory(), CaseFileFactory()
    elsewhere = CaseFileFactory(authority_id="13")
    GrantFactory(case_file=evaluated, agent=karim, capacity="evaluator")
    GrantFactory(case_file=followed, agent=karim, capacity="referent")
    GrantFactory(case_file=elsewhere, agent=karim, capacity="evaluator")

    withdraw(adele, karim, "evaluator")

    with acting_as(fresh(karim)):
        seen = set(CaseFile.objects.values_list("pk", flat=True))
    assert seen == {followed.pk, elsewhere.pk}
    assert past(Grant).get(case_file=evaluated).ends_at is not None
    with acting_as(adele):
        assert not CaseFile.objects.exists()


def test_who_answers_for_minors_or_keeps_a_seal_alone_is_not_left_without_a_role(
    adele: Agent, claire: Agent, ines: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "held_by", lambda agent, authority: int(agent == claire))
    with pytest.raises(StillAccountable):
        withdraw(adele, claire, "referent")

    file = CaseFileFactory()
    with acting_as(ines):
        seal_file(agent=ines, ref=file.ref, reason="Menace (inventée).", yields=False, now=now())
    with pytest.raises(KeepsSeals):
        withdraw(adele, ines, "supervisor")
    assert posting_of(ines, "supervisor").until is None
    other = AgentFactory()
    GrantFactory(case_file=file, agent=other, capacity="seal_keeper")
    withdraw(adele, ines, "supervisor")
    assert past(Grant).get(agent=ines).ends_at is not None


def test_a_role_given_by_two_is_withdrawn_by_two(
    adele: Agent, bruno: Agent, nord: Organisation
) -> None:
    solene = AgentFactory()
    PostingFactory(agent=solene, organisation=nord, role="controller")
    assert not withdraw(adele, bruno, "administrator")
    asked = TwoPersonRequest.objects.get()
    assert rights_of(fresh(bruno))

    for who in (adele, bruno):
        with pytest.raises(AskedByOneself), acting_as(who):
            confirm_request(agent=who, ref=asked.ref, now=now())
    second = Client()
    second.force_login(solene)
    page = second.get("/comptes/demandes/").content.decode()
    assert "Retrait d&#x27;un rôle sensible" in page
    second.post(f"/comptes/demandes/{asked.ref}/", {"answer": "confirm"})

    assert not rights_of(fresh(bruno))
    ended = Posting.objects.get(agent=bruno)
    assert (ended.withdrawn_by, ended.withdrawn_reason) == (solene, "Change de service.")
    assert rights_of(fresh(adele)), "one administrator is always left: whoever asked"


def test_nobody_withdraws_from_themselves_nor_from_elsewhere(
    adele: Agent, stranger: Agent, nadia: Agent, paul: Agent, bouches_du_rhone: Organisation
) -> None:
    with pytest.raises(OwnAccount):
        withdraw(adele, adele, "administrator")
    with pytest.raises(NotVisible):
        withdraw(stranger, nadia, "crip")
    # Of ours too, and the role is held elsewhere.
    PostingFactory(agent=nadia, organisation=bouches_du_rhone, role="on_call")
    with pytest.raises(NotVisible):
        withdraw(adele, nadia, "on_call")
    client = Client()
    client.force_login(stranger)
    for method in (client.get, client.post):
        assert method(f"/comptes/{paul.ref}/retirer-un-role/").status_code == 200
        client.logout()
        client.force_login(adele)
        assert method(f"/comptes/{paul.ref}/retirer-un-role/").status_code == 404
        client.logout()
        client.force_login(stranger)


def test_a_role_that_one_may_not_give_is_not_touched(adele: Agent, nord: Organisation) -> None:
    agent = AgentFactory()
    PostingFactory(agent=agent, organisation=nord, role="parquet")
    with pytest.raises(RoleNotHeldThere):
        withdraw(adele, agent, "parquet")


@trials(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(role=st.sampled_from(Role), here=st.booleans(), whose=st.sampled_from(["self", "other"]))
def test_alone_an_administrator_only_takes_away_what_they_may_give(
    adele: Agent,
    nord: Organisation,
    bouches_du_rhone: Organisation,
    role: Role,
    here: bool,
    whose: str,
) -> None:
    with transaction.atomic():
        about = adele if whose == "self" else AgentFactory()
        PostingFactory(
            agent=about,
            organisation=nord if here else bouches_du_rhone,
            role=role,
            since=localdate() - timedelta(days=1),
            until=localdate() + timedelta(days=1),
        )
        before = rights_of(fresh(adele))
        held = list(Posting.objects.order_by("pk").values_list("pk", "until"))
        one = Posting.objects.filter(agent=about, role=role, until__isnull=False).get()
        try:
            with acting_as(adele):
                done = withdraw_role(
                    agent=adele, ref=about.ref, posting_id=one.pk, reason="essai", now=now()
                )
        except Refusal:
            done = False
        may = here and whose == "other" and role in held_in(nord.kind) and role not in GIVEN_BY_TWO
        assert done is may
        assert rights_of(fresh(adele)) == before
        if not done:
            assert list(Posting.objects.order_by("pk").values_list("pk", "until")) == held
        transaction.set_rollback(True)


def test_the_identity_of_a_body_that_one_left_opens_nothing(
    adele: Agent, nadia: Agent, nord: Organisation, bouches_du_rhone: Organisation
) -> None:
    Organisation.objects.filter(pk=nord.pk).update(siret="22590001801244")
    PostingFactory(agent=nadia, organisation=bouches_du_rhone, role="crip")
    identity = {
        "claims": {"email": nadia.email, "email_verified": True, "siret": "22590001801244"},
        "known": None,
        "provider": PROVIDER,
        "now": now(),
    }
    assert find_invited(**identity) == nadia

    withdraw(adele, nadia, "crip", here=nord)

    with pytest.raises(NotInvited):
        find_invited(**identity)


def test_the_host_withdraws_from_the_last_administrator_and_the_journal_says_so(
    adele: Agent, nord: Organisation
) -> None:
    inside = Client()
    inside.force_login(adele)
    asked = {"email": adele.email.upper(), "organisation": "nord", "now": transaction_began()}
    for refusal, role, reason in (
        (NoSuchRole, "crip", "Compte volé."),
        (ReasonMissing, "administrator", " "),
    ):
        with pytest.raises(refusal):
            withdraw_as_host(role=role, reason=reason, **asked)
    assert inside.get("/comptes/").status_code == 200

    withdraw_as_host(role="administrator", reason="Compte volé.", **asked)

    assert inside.get("/comptes/").headers["Location"].startswith("/connexion/")
    ended = Posting.objects.get(agent=adele)
    assert (ended.withdrawn_by, ended.withdrawn_reason) == (None, "Compte volé.")
    assert past(Trace).get(deed="agent.withdraw_role").agent is None


def test_the_database_refuses_a_withdrawal_without_a_reason(nadia: Agent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(agent=nadia).update(withdrawn_at=now(), until=localdate())
