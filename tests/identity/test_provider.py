"""Signing in with a true provider, and with one that lies."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from factories import NOON
from fanal.config import environment, identity
from fanal.ground.agents.identity import form_origins
from fanal.ground.agents.models import Agent, Invitation, Organisation
from fanal.ground.audit.models import Trace
from identity.conftest import Person, Provider, asked_in
from rows import as_owner

pytestmark = pytest.mark.django_db

SIRET = "22590001801244"
REFUSED = "/connexion/?dit=fournisseur"


@pytest.fixture
def nadia(nadia: Agent, nord: Organisation) -> Agent:
    with as_owner():
        Organisation.objects.filter(pk=nord.pk).update(siret=SIRET)
    return nadia


def test_an_invited_agent_enters_and_needs_no_second_factor_of_ours(
    person: Person, nadia: Agent
) -> None:
    away = person.leave(next="/avis/")
    asked = asked_in(away)
    assert asked["acr_values"] == "eidas2"
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) >= {"openid", "siret"}
    assert len(asked["nonce"]) >= 40
    assert asked["state"] != asked["nonce"]

    answer = person.ours.get(person.identify(away))

    assert answer.headers["Location"] == "/avis/"
    assert person.ours.session["_auth_user_id"] == str(nadia.pk)
    assert person.ours.get("/avis/").status_code == 200
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (nadia, "nadia")
    # Nothing of the person is copied from the provider.
    assert "@" not in str(account.extra_data)
    assert account.extra_data == {"sub": "nadia"}
    with as_owner():
        assert Trace.objects.get(deed="session.open").agent == nadia
        tied = Trace.objects.get(deed="agent.tie_identity")
        assert (tied.agent, tied.detail) == (nadia, {"by": "proconnect"})


def test_the_second_time_the_account_is_known_by_its_subject(person: Person, nadia: Agent) -> None:
    person.sign_in()
    person.ours.post("/deconnexion/")

    person.sign_in()

    assert person.is_in
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "userinfo", "forge": "key"},
        {"at": "userinfo", "forge": "none"},
        {"at": "userinfo", "forge": "plain"},
        {"at": "userinfo", "claims": {"sub": "somebody-else"}},
        {"at": "userinfo", "claims": {"aud": "another-site"}},
        {"at": "userinfo", "claims": {"iss": "http://127.0.0.1:1"}},
        {"at": "id_token", "forge": "key"},
        {"at": "id_token", "forge": "none"},
        {"at": "id_token", "claims": {"nonce": "another one"}},
        {"at": "id_token", "claims": {"nonce": None}},
        {"at": "id_token", "claims": {"acr": "eidas1"}},
        {"at": "id_token", "claims": {"exp": 1}},
        {"at": "id_token", "claims": {"aud": ["another-site"]}},
        {"acr": "eidas1"},
        {"who": "unverified"},
        {"who": "elsewhere"},
        {"who": "unknown"},
    ],
    ids=str,
)
def test_whatever_is_not_as_it_should_be_opens_nothing(
    person: Person, provider: Provider, nadia: Agent, wrong: dict[str, Any]
) -> None:
    provider.lie(**wrong)

    answer = person.sign_in()

    assert answer.headers["Location"] == REFUSED
    assert not person.is_in
    assert not SocialAccount.objects.exists()
    with as_owner():
        assert Trace.objects.filter(deed="session.open", outcome="refused").count() == 1
        assert Agent.objects.count() == 1


@pytest.mark.parametrize("at", ["userinfo", "id_token"])
def test_what_the_test_stands_between_changes_nothing_by_itself(
    person: Person, provider: Provider, nadia: Agent, at: str
) -> None:
    """The control of the test above: signed again with the true key, it opens."""
    provider.lie(at=at)

    person.sign_in()

    assert person.is_in


def test_a_way_back_serves_once_and_in_the_browser_that_left(
    person: Person, provider: Provider, nadia: Agent
) -> None:
    back = person.identify(person.leave())

    # Somebody makes another browser follow the address.
    assert Client().get(back).headers["Location"] == REFUSED
    assert person.ours.get(back).headers["Location"] == "/bureau/"
    person.ours.post("/deconnexion/")
    assert person.ours.get(back).headers["Location"] == REFUSED
    assert not person.is_in


def test_a_cancelled_sign_in_says_so_and_opens_nothing(person: Person, nadia: Agent) -> None:
    state = asked_in(person.leave())["state"]

    answer = person.ours.get(f"/connexion/retour/proconnect/?error=access_denied&state={state}")

    assert answer.headers["Location"] == REFUSED


def test_signing_out_leaves_the_provider_too(
    person: Person, provider: Provider, nadia: Agent
) -> None:
    before = provider.lie()["ended"]
    person.sign_in()

    away = person.ours.post("/deconnexion/").headers["Location"]

    assert not person.is_in
    assert asked_in(away)["post_logout_redirect_uri"] == "http://testserver/connexion/"
    with person.theirs.get(away, allow_redirects=False) as page:
        assert page.status_code == 200
        secret = page.text.split('name="xsrf" value="')[1].split('"')[0]
    confirm = {"xsrf": secret, "logout": "yes"}
    address = f"{person.issuer}/session/end/confirm"
    with person.theirs.post(address, data=confirm, allow_redirects=False) as done:
        assert done.headers["Location"].startswith("http://testserver/connexion/")
    assert provider.lie()["ended"] == before + 1


def test_a_suspended_agent_stays_out_and_an_invited_one_comes_in(
    person: Person, nadia: Agent
) -> None:
    Agent.objects.filter(pk=nadia.pk).update(is_active=False)
    assert person.sign_in().headers["Location"] == REFUSED

    Invitation.objects.create(
        agent=nadia,
        digest="0" * 64,
        created_at=NOON,
        expires_at=NOON.replace(year=NOON.year + 5),
    )
    person.sign_in()

    assert person.is_in
    nadia.refresh_from_db()
    assert nadia.is_active
    assert Invitation.objects.get().accepted_at
    with as_owner():
        opened = Trace.objects.get(deed="agent.accept_link")
        assert opened.detail == {"kind": "first", "by": "proconnect"}


def test_a_provider_that_does_not_answer_is_said_on_the_login_page(
    person: Person, settings: Any, nadia: Agent
) -> None:
    from dataclasses import replace

    away = settings.FANAL_PROVIDERS["proconnect"]
    settings.FANAL_PROVIDERS = {"proconnect": replace(away, issuer="http://127.0.0.1:9")}

    answer = person.ours.post("/connexion/avec/proconnect/")

    assert answer.headers["Location"] == REFUSED


def test_nothing_named_shows_no_button_and_opens_no_door(client: Client, db: None) -> None:
    assert "ProConnect" not in client.get("/connexion/").content.decode()
    assert client.post("/connexion/avec/proconnect/").status_code == 404
    assert client.get("/connexion/retour/proconnect/").headers["Location"] == "/connexion/"
    assert identity.configured() == {}


def test_the_environment_names_providers_and_the_policy_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "ISSUER": "https://auth.proconnect.invalid/api/v2/",
        "CLIENT_ID": "fanal",
        "CLIENT_SECRET": "inventé",
    }.items():
        monkeypatch.setenv(f"FANAL_PROCONNECT_{name}", value)
    monkeypatch.setenv("FANAL_PROCONNECT_ORIGINS", "https://identite.proconnect.invalid")

    found = identity.configured()

    assert found["proconnect"].acr[0] == "eidas2"
    assert "eidas1" not in found["proconnect"].acr
    assert form_origins(found) == [
        "https://auth.proconnect.invalid",
        "https://identite.proconnect.invalid",
    ]
    monkeypatch.delenv("FANAL_PROCONNECT_CLIENT_SECRET")
    with pytest.raises(environment.MissingSetting, match="FANAL_PROCONNECT_CLIENT_SECRET"):
        identity.configured()
    monkeypatch.setenv("FANAL_PROCONNECT_ISSUER", "http://auth.proconnect.invalid")
    with pytest.raises(environment.MissingSetting, match="https"):
        identity.configured()
