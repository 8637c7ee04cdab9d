"""The state of the keys, told to those who call the custodians and to nobody else."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from config.commands.custodians import agent_runs, custody, fanal, hold_ceremony
from factories import AgentFactory, PostingFactory
from fanal.ground.agents.models import Agent
from fanal.ground.agents.terms import Role
from fanal.ground.audit.models import Trace
from fanal.ground.privacy.sealing.deeds import Deed, Kind, last_deeds, note
from fanal.portal.keys.reading import Reading
from past import past

__all__ = ["custody"]
pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs" / "cles.md"


def signed_in(nord: Any, role: str) -> Client:
    agent: Agent = AgentFactory()
    PostingFactory(agent=agent, organisation=nord, role=role)
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def controller(nord: Any) -> Client:
    return signed_in(nord, "controller")


def page(client: Client) -> str:
    answer = client.get(reverse("keys:show"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_it_opens_to_administrators_and_to_the_controller_alone(nord: Any, role: Role) -> None:
    answer = signed_in(nord, role).get(reverse("keys:show"))

    opens = role in (Role.ADMINISTRATOR, Role.CONTROLLER)
    assert answer.status_code == (200 if opens else 403)


def test_nobody_reads_it_without_signing_in(client: Client, db: None) -> None:
    assert client.get(reverse("keys:show"))["Location"].startswith(reverse("agents:login"))


def test_the_demonstration_says_that_its_key_is_public(controller: Client) -> None:
    shown = page(controller)

    assert "Démonstration : la clé est publique." in shown
    assert "Aucun gardien sur cette installation." in shown
    assert past(Trace).filter(deed="keys.read", outcome="read").count() == 1


def test_it_follows_the_keys_from_the_ceremony_to_their_closing(
    custody: Path, settings: Any, controller: Client
) -> None:
    assert "Aucune clé n’a encore été faite." in page(controller)
    functions = ("Direction générale", "Cadre de l'astreinte", "Systèmes d'information")
    shares = hold_ceremony(*(word for one in functions for word in ("--custodian", one)))
    shown = page(controller)
    assert "Les clés sont fermées." in shown
    assert "le gardien des clés ne le dit pas" in shown
    with agent_runs(settings.FANAL_KEY_SOCKET, settings.FANAL_KEYRING):
        closed = page(controller)
        assert "Les clés sont fermées." in closed
        assert "ne le dit pas" not in closed
        for share in shares[1:]:
            fanal("unseal", typed=f"{share}\n")
        opened = page(controller)
        assert "Les clés sont fermées." not in opened
        assert ">ouvertes<" in opened
        for one in functions:
            assert one.replace("'", "&#x27;") in opened
        assert not any(share in opened for share in shares)
        fanal("lock")
        assert "Les clés sont fermées." in page(controller)


def test_what_was_not_tried_for_a_year_calls_for_attention(
    custody: Path, settings: Any, controller: Client
) -> None:
    hold_ceremony()
    assert page(controller).count("à refaire") == 1
    note(settings.FANAL_KEYRING, Deed(Kind.REHEARSAL, now()))
    assert "à refaire" not in page(controller)

    later = Reading(last_deeds(settings.FANAL_KEYRING), today=(now() + timedelta(days=400)).date())

    assert [day.label for day in later.days if day.late] == [
        "Dernière répétition avec les trois parts",
        "Dernier changement de clé",
    ]


def test_a_line_cut_short_hides_none_of_the_others(tmp_path: Path) -> None:
    keyring = tmp_path / "keyring.json"
    note(keyring, Deed(Kind.CEREMONY, now(), "abc-1", ("Direction", "Cadre", "DSI")))
    with keyring.with_name("deeds.jsonl").open("a", encoding="utf-8") as cut:
        cut.write('{"kind": "dance", "at": "2026-01-01T00:00:00+00:00"}\n{"kind": "openi')

    assert last_deeds(keyring)[Kind.CEREMONY].custodians == ("Direction", "Cadre", "DSI")
    assert list(last_deeds(keyring)) == [Kind.CEREMONY]


def test_the_page_says_all_that_the_custodians_own_page_says_to_do(controller: Client) -> None:
    text = re.sub(r"\s+", " ", DOCS.read_text(encoding="utf-8").replace("'", "’"))
    asked = text.split("## Quand quelque chose arrive", 1)[1]
    titles = [one.replace("`", "") for one in re.findall(r"- \*\*(.*?)\*\*", asked)]
    shown = page(controller)

    assert len(titles) == 5
    for title in titles:
        assert f">{title}<" in shown, title
    for command in re.findall(r"`(fanal keys [a-z]+)", asked):
        assert command in shown


def test_it_says_what_is_not_installed_and_does_not_run(
    controller: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)

    told = page(controller)

    assert "les attentes prévues du tableau de l’écoute" in told
    assert "pip install &#x27;fanal[waiting]&#x27;" in told
