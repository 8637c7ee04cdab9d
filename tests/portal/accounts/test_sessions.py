"""Sessions end by themselves, are seen and closed by their agent, and prove who acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.test import Client
from django.utils.timezone import now

from fanal.ground.agents.models import Agent, AgentSession
from fanal.ground.agents.sessions import OPENED, SessionStore, close_sessions, device_words
from fanal.ground.audit.models import Trace
from past import past

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PASSWORD = "une phrase assez longue"
EXPORT = "/informations/export.csv"


def enter(agent: Agent, user_agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": user_agent})
    if not agent.has_usable_password():
        agent.set_password(PASSWORD)
        agent.save()
    client.post("/connexion/", {"email": agent.email, "password": PASSWORD})
    return client


def aged(client: Client, *, minutes: float) -> None:
    """As if the session had been opened so long ago."""
    session = client.session
    session[OPENED] = int(time.time() - minutes * 60)
    session.save()


def test_a_session_ends_after_a_rest_and_after_a_day_of_work(nadia: Agent) -> None:
    client = enter(nadia)
    (row,) = AgentSession.objects.filter(agent=nadia)
    assert timedelta(minutes=29) < row.expire_date - now() <= timedelta(minutes=30)

    aged(client, minutes=8 * 60 - 3)
    row.refresh_from_db()
    # Three minutes are left of the eight hours, whatever the agent does.
    assert row.expire_date - now() <= timedelta(minutes=3)
    client.get("/bureau/")
    row.refresh_from_db()
    assert row.expire_date - now() <= timedelta(minutes=3)

    aged(client, minutes=8 * 60 + 1)
    assert client.get("/bureau/").headers["Location"].startswith("/connexion/")


def test_a_rest_ends_a_session(nadia: Agent) -> None:
    client = enter(nadia)
    AgentSession.objects.update(expire_date=now() - timedelta(seconds=1))

    assert client.get("/bureau/").headers["Location"].startswith("/connexion/")


def test_signing_in_changes_the_key_and_keeps_nothing_of_the_former_agent(
    nadia: Agent, paul: Agent
) -> None:
    client = enter(nadia)
    before, ref = client.session.session_key, client.session["ref"]

    client.force_login(paul)

    assert client.session.session_key != before
    assert client.session["ref"] != ref
    assert not AgentSession.objects.filter(session_key=before).exists()


def test_an_agent_sees_their_own_sessions_and_closes_each(nadia: Agent, paul: Agent) -> None:
    here, elsewhere, other = enter(nadia), enter(nadia, "Chrome/140 Safari/1 Android"), enter(paul)
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox, Linux" in page
    assert "Chrome, Android" in page
    assert page.count("celle-ci") == 1
    assert str(other.session["ref"]) not in page

    assert here.post(f"/compte/sessions/{other.session['ref']}/fermer/").status_code == 404
    here.post(f"/compte/sessions/{elsewhere.session['ref']}/fermer/")
    assert elsewhere.get("/bureau/").status_code == 302
    assert here.get("/bureau/").status_code == other.get("/bureau/").status_code == 200

    # One's own is closed as by signing out.
    answer = here.post(f"/compte/sessions/{here.session['ref']}/fermer/")
    assert answer.headers["Location"] == "/connexion/"


def test_an_agent_signs_out_everywhere_but_here(nadia: Agent) -> None:
    here, others = enter(nadia), [enter(nadia) for _ in range(3)]

    here.post("/compte/sessions/autres/fermer/")

    assert here.get("/bureau/").status_code == 200
    assert {one.get("/bureau/").status_code for one in others} == {302}


def test_a_closed_session_does_not_come_back_by_what_was_running_in_it(nadia: Agent) -> None:
    client = enter(nadia)
    running = SessionStore(client.session.session_key)
    running["seen"] = 1
    close_sessions(nadia)

    with pytest.raises(UpdateError):
        running.save()
    assert not AgentSession.objects.filter(agent=nadia).exists()


def test_an_export_asks_again_who_it_is(nadia: Agent) -> None:
    client = enter(nadia)
    assert client.get(EXPORT).headers["Content-Type"].startswith("text/csv")

    aged(client, minutes=6)
    asked = client.get(f"{EXPORT}?shown=all")
    assert asked.headers["Location"] == (
        "/compte/confirmer/?next=%2Finformations%2Fexport.csv%3Fshown%3Dall"
    )

    Agent.objects.filter(pk=nadia.pk).update(is_demonstration=True)
    assert "Confirmer que c’est moi" in client.get("/compte/confirmer/").content.decode()
    back = client.post("/compte/confirmer/", {"next": f"{EXPORT}?shown=all"})
    assert back.headers["Location"] == f"{EXPORT}?shown=all"
    assert client.get(EXPORT).status_code == 200


def test_outside_the_demonstration_it_takes_the_password(nadia: Agent, service: None) -> None:
    nadia.is_demonstration = True
    client = enter(nadia)
    aged(client, minutes=6)

    refused = client.post("/compte/confirmer/", {"password": "faux"})
    assert "Ce n’est pas votre mot de passe" in refused.content.decode()
    assert client.post("/compte/confirmer/").status_code == 200
    answer = client.post("/compte/confirmer/", {"password": PASSWORD})
    assert answer.status_code == 302


def test_proving_sends_nobody_outside(nadia: Agent) -> None:
    nadia.is_demonstration = True
    client = enter(nadia)

    answer = client.post("/compte/confirmer/", {"next": "https://ailleurs.invalid/"})

    assert answer.headers["Location"] == "/bureau/"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("", "Appareil inconnu"),
        ("<script>" * 100, "Appareil inconnu"),
    ],
)
def test_a_device_is_said_in_two_words(said: str, words: str) -> None:
    assert device_words(said) == words


class Killed(Exception):
    """Nothing after this moment happens."""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The server dies as an agent's session is written, or as it is deleted."""

    def at(gesture: str) -> None:
        usual = getattr(SessionStore, gesture)

        def die(session: SessionStore, *args: Any, **options: Any) -> None:
            if gesture == "delete" or SESSION_KEY in session:
                raise Killed
            usual(session, *args, **options)

        monkeypatch.setattr(SessionStore, gesture, die)

    return at


def test_who_is_cut_while_coming_in_leaves_neither_session_nor_trace(
    nadia: Agent, cut: Callable[[str], None]
) -> None:
    cut("save")

    with pytest.raises(Killed):
        enter(nadia)

    assert not AgentSession.objects.filter(agent=nadia).exists()
    assert not past(Trace).filter(deed="session.open").exists()


def test_who_is_cut_while_leaving_keeps_the_session_and_leaves_no_trace(
    nadia: Agent, cut: Callable[[str], None]
) -> None:
    client = enter(nadia)
    cut("delete")

    with pytest.raises(Killed):
        client.post("/deconnexion/")

    assert AgentSession.objects.filter(agent=nadia).exists()
    assert not past(Trace).filter(deed="session.close").exists()


def test_a_database_that_is_away_is_not_the_fault_of_who_asks(
    nadia: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError

    session = enter(nadia).session
    monkeypatch.setattr(AgentSession, "save", away)

    with pytest.raises(OperationalError):
        session.save()
