"""The door: one answer to whoever is not let in, and never a step outside our site."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.agents.models import Agent

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase assez longue"
LOGIN = "/connexion/"


@pytest.fixture
def agent(db: None) -> Agent:
    agent = AgentFactory(name="Nadia Inventée", email="nadia.inventee@fanal.invalid")
    agent.set_password(PASSWORD)
    agent.save()
    return agent


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"email": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens(client: Client, agent: Agent) -> None:
    answer = sign_in(client, agent.email)

    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)
    assert is_in(client)


@pytest.mark.parametrize(
    "typed", ["NADIA.INVENTEE@FANAL.INVALID", " Nadia.Inventee@fanal.invalid "]
)
def test_capitals_and_spaces_in_an_address_do_not_matter(
    client: Client, agent: Agent, typed: str
) -> None:
    sign_in(client, typed)

    assert is_in(client)


def test_an_account_made_with_capitals_opens_too(client: Client, db: None) -> None:
    kept = Agent.objects.create_user(
        "Nadia.Inventee@Fanal.invalid", PASSWORD, name="Nadia Inventée"
    )
    Agent.objects.filter(pk=kept.pk).update(email="Nadia.Inventee@Fanal.invalid")

    sign_in(client, "nadia.inventee@fanal.invalid")

    assert is_in(client)


def test_a_password_is_taken_as_it_is_typed(client: Client, agent: Agent) -> None:
    sign_in(client, agent.email, f" {PASSWORD} ")

    assert not is_in(client)


def test_wrong_unknown_and_closed_accounts_meet_one_answer(client: Client, agent: Agent) -> None:
    """Nobody learns who has an account."""
    closed = AgentFactory(email="ferme@fanal.invalid", is_active=False)
    closed.set_password(PASSWORD)
    closed.save()
    without_password = AgentFactory(email="sans@fanal.invalid")

    tries = (
        (agent.email, "pas le bon mot de passe"),
        ("personne@fanal.invalid", PASSWORD),
        (closed.email, PASSWORD),
        (without_password.email, "!"),
    )
    answers = set()
    for email, password in tries:
        answer = sign_in(client, email, password)
        assert answer.status_code == 200
        assert not is_in(client)
        answers.add("".join(answer.context["form"].non_field_errors()))
    assert len(answers) == 1
    assert "Adresse ou mot de passe inconnu" in answers.pop()


def test_the_password_never_comes_back_on_the_page(client: Client, agent: Agent) -> None:
    answer = sign_in(client, agent.email, "pas le bon mot de passe")

    assert "pas le bon mot de passe" not in answer.content.decode()


def test_an_account_closed_meanwhile_is_out_at_the_next_page(client: Client, agent: Agent) -> None:
    sign_in(client, agent.email)
    Agent.objects.filter(pk=agent.pk).update(is_active=False)

    assert client.get("/bureau/").status_code == 302


def test_the_agent_goes_on_to_the_page_they_wanted(client: Client, agent: Agent) -> None:
    assert client.get("/avis/?page=2").headers["Location"] == "/connexion/?next=/avis/%3Fpage%3D2"

    page = client.get("/connexion/?next=/avis/%3Fpage%3D2")
    assert 'name="next" value="/avis/?page=2"' in page.content.decode()
    answer = sign_in(client, agent.email, next="/avis/?page=2")
    assert answer.headers["Location"] == "/avis/?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.invalid/",
        "//ailleurs.invalid/",
        "///ailleurs.invalid",
        "/\\ailleurs.invalid",
        "\\\\ailleurs.invalid",
        "javascript:alert(1)",
        "http:ailleurs.invalid",
        "https://testserver@ailleurs.invalid/",
        "\thttps://ailleurs.invalid/",
    ],
)
def test_nobody_is_sent_outside_our_site(client: Client, agent: Agent, elsewhere: str) -> None:
    answer = sign_in(client, agent.email, next=elsewhere)

    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


def test_signing_in_changes_the_session_key(client: Client, agent: Agent) -> None:
    client.get("/connexion/")
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key

    sign_in(client, agent.email)

    assert client.session.session_key != before


def test_signing_out_closes_the_session(client: Client, agent: Agent) -> None:
    sign_in(client, agent.email)

    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").status_code == 302
    assert not is_in(client)


def test_the_login_page_is_not_kept_by_a_browser(client: Client) -> None:
    assert "no-store" in client.get(LOGIN).headers["Cache-Control"]


def test_two_accounts_do_not_share_an_address(agent: Agent) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        AgentFactory(email=agent.email.upper())


@pytest.fixture
def invented(db: None) -> Agent:
    """A demonstration account: no password, one click."""
    agent = AgentFactory(name="Sofia Fictive", function="Assistante sociale", is_demonstration=True)
    PostingFactory(agent=agent, organisation=OrganisationFactory(), role="author")
    return agent


def one_click(client: Client, agent: Agent, **environ: str) -> int:
    """Try the button of this account; the status of the answer."""
    kept = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"} | environ
    listed = client.get(LOGIN, **kept)
    offered = f"/connexion/demonstration/{agent.ref}/" in listed.content.decode()
    answer = client.post(f"/connexion/demonstration/{agent.ref}/", **kept)
    assert offered == (answer.status_code == 302)
    assert is_in(client) == offered
    return int(answer.status_code)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:80", "[::1]"]
)
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_one_click_opens_the_demonstration_on_this_machine(
    client: Client, invented: Agent, host: str, address: str
) -> None:
    assert one_click(client, invented, HTTP_HOST=host, REMOTE_ADDR=address) == 302


@pytest.mark.parametrize(
    "address", ["192.0.2.7", "2001:db8::7", "10.0.0.1", "", "unix:", "localhost"]
)
def test_one_click_is_closed_to_another_machine(
    client: Client, invented: Agent, address: str
) -> None:
    assert one_click(client, invented, REMOTE_ADDR=address) == 404


@pytest.mark.parametrize(
    "host", ["fanal.invalid", "127.0.0.1.ailleurs.invalid", "localhost.invalid:80"]
)
def test_one_click_is_closed_under_another_name(client: Client, invented: Agent, host: str) -> None:
    """A page elsewhere whose name leads here would click in the agent's stead."""
    assert one_click(client, invented, HTTP_HOST=host) == 404


def test_one_click_is_closed_in_a_service(
    client: Client, invented: Agent, settings: object
) -> None:
    settings.FANAL_SERVICE = "Département inventé"  # type: ignore[attr-defined]

    assert one_click(client, invented) == 404


def test_one_click_opens_no_account_of_a_real_agent(client: Client, agent: Agent) -> None:
    assert one_click(client, agent) == 404


def test_one_click_opens_no_closed_account(client: Client, invented: Agent) -> None:
    Agent.objects.filter(pk=invented.pk).update(is_active=False)

    assert one_click(client, invented) == 404


def test_one_click_needs_a_token_of_the_page(invented: Agent) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        f"/connexion/demonstration/{invented.ref}/",
        REMOTE_ADDR="127.0.0.1",
        HTTP_HOST="127.0.0.1:8000",
    )

    assert answer.status_code == 403


def test_one_click_sends_nobody_outside(client: Client, invented: Agent) -> None:
    answer = client.post(
        f"/connexion/demonstration/{invented.ref}/",
        {"next": "https://ailleurs.invalid/"},
        HTTP_HOST="127.0.0.1:8000",
    )

    assert answer.headers["Location"] == "/bureau/"
