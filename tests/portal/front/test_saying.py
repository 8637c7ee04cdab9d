"""What the service says of itself is read from its files, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from fanal.ground.retention.rules import NATIONAL
from fanal.ground.shell.words import count_fr
from fanal.portal.front.legal import STATES, Examined, examined, legal_here
from portal.front.naming import NAMED

PAGES = ["/discretion/", "/mentions/", "/donnees/", "/accessibilite/"]
# How many criteria each theme of RGAA 4.1 has: 106 in all.
THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
MISSING = "À compléter par le service"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_no_page_names_the_subject_nor_leaves_a_cookie(client: Client, address: str) -> None:
    page = read(client, address)

    assert NAMED.findall(page) == []
    assert "<title>Fanal</title>" in page
    assert "Quitter vite" in page


def test_each_criterion_is_there_once_with_a_known_state() -> None:
    numbers = [f"{theme}.{n}" for theme, many in enumerate(THEMES, 1) for n in range(1, many + 1)]

    assert [one.number for one in examined().criteria] == numbers
    assert sum(examined().counts.values()) == len(numbers) == 106


@pytest.mark.django_db
def test_what_nobody_examined_is_said_and_is_no_conformity(client: Client) -> None:
    left = examined().counts["non évalué"]
    assert left

    page = read(client, "/accessibilite/")

    assert f"Il reste {count_fr(left, 'critère')} du RGAA 4.1 sur 106 à évaluer" in page
    assert "Accessibilité : non conforme" in page
    assert "Accessibilité : non conforme" in read(client, "/")


@pytest.mark.django_db
def test_the_statement_says_each_fault_the_rate_the_day_and_who_examined(client: Client) -> None:
    page, found = read(client, "/accessibilite/"), examined()
    met, failed = found.counts["conforme"], found.counts["non conforme"]

    assert found.failed
    for one in (*found.failed, *found.left):
        assert page.count(f"<strong>{one.number}</strong>") == 2
    assert f"{100 * met // (met + failed)} % des critères applicables" in page
    assert "Auto-évaluation par l’équipe" in page
    assert "28 novembre 2026" in page
    assert "Aucune dérogation" in page


def test_every_state_that_was_given_has_its_reason() -> None:
    assert [one.number for one in examined().criteria if not one.note] == []


def test_conformity_takes_a_whole_examination() -> None:
    counts = dict.fromkeys(STATES, 0) | {"conforme": 100, "non applicable": 6}
    whole = Examined((), counts)

    assert whole.level == "totalement conforme"
    assert replace(whole, counts=counts | {"non évalué": 1}).level == "non conforme"
    assert replace(whole, counts=counts | {"non conforme": 99}).level == "partiellement conforme"
    assert replace(whole, counts=counts | {"non conforme": 101}).level == "non conforme"


@pytest.mark.django_db
def test_what_a_service_has_not_said_is_shown_to_be_missing(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    assert MISSING in read(client, "/mentions/")
    named = tmp_path / "legal.toml"
    named.write_text('publisher = "Association inventée"\n', encoding="utf-8")
    settings.FANAL_LEGAL = str(named)

    page = read(client, "/mentions/")

    assert "Association inventée" in page
    assert MISSING in page


def test_a_line_that_means_nothing_is_refused(settings: Settings, tmp_path: Path) -> None:
    named = tmp_path / "other.toml"
    named.write_text('publisheur = "Faute"\n', encoding="utf-8")
    settings.FANAL_LEGAL = str(named)

    with pytest.raises(ValueError, match="publisheur"):
        legal_here()


@pytest.mark.django_db
def test_periods_are_those_that_the_service_applies(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    assert "30\u00a0jours" in read(client, "/donnees/")
    lines = NATIONAL.read_text(encoding="utf-8").replace(
        "fin de la conversation,30,days", "fin de la conversation,12,days"
    )
    own = tmp_path / "rules.csv"
    own.write_text(lines, encoding="utf-8")
    settings.FANAL_RETENTION_RULES = str(own)

    assert "12\u00a0jours" in read(client, "/donnees/")
