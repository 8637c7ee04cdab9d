"""Every public text says who read it again, and when, or that nobody has."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils.timezone import localdate

from doors import addresses, holes, is_read
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Agent
from fanal.ground.shell.texts import texts_here
from fanal.portal.front import texts

pytestmark = pytest.mark.django_db
TO_REVIEW, REVIEWED = "Texte à relire.", "Texte relu par Une Relectrice (invention) le 3 mars 2026."
# The guide says it itself, edition by edition; the others are an account's, not the public's.
GUIDE, ELSEWHERE = "reperes/", ("agents:login", "shell:pieces", "accounts:")


def test_every_public_page_says_who_read_it_again(client: Client) -> None:
    silent, said = [], 0
    for route, view in addresses():
        if not is_open(view) or not is_read(view) or holes(route) or route.startswith(GUIDE):
            continue
        answer = client.get(f"/{route}")
        name = resolve(f"/{route}").view_name
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        if TO_REVIEW in answer.content.decode():
            said += 1
        elif not name.startswith(ELSEWHERE):
            silent.append(f"{name}: add it to ground/shell/data/texts.toml")
    assert silent == []
    assert said > 15


def test_a_service_names_who_reviewed(client: Client, settings: Any, tmp_path: Path) -> None:
    mine = tmp_path / "texts.toml"
    settings.FANAL_TEXTS = str(mine)
    mine.write_text(
        '[[text]]\nroute = "front:safety"\ntitle = "Discrétion"\n'
        'reviewed_by = "Une Relectrice (invention)"\nreviewed_on = 2026-03-03\n',
        encoding="utf-8",
    )
    assert REVIEWED in client.get(reverse("front:safety")).content.decode()
    mine = tmp_path / "other.toml"
    settings.FANAL_TEXTS = str(mine)
    mine.write_text('[[text]]\nroute = "front:safety"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"other.toml : .*reviewed_on"):
        texts_here()


def test_a_text_turns_old_after_a_year() -> None:
    today = date(2026, 11, 28)
    for by, age, state in (
        ("Une Relectrice", 365, texts.RECENT),
        ("Une Relectrice", 366, texts.OLD),
        ("", 1, texts.TO_REVIEW),
    ):
        assert texts._state(by, today - timedelta(days=age), on=today) == state
    assert texts._state("Une Relectrice", None, on=today) == texts.TO_REVIEW


@pytest.fixture
def keeper(db: None) -> Agent:
    agent = AgentFactory()
    annuaire = OrganisationFactory(kind="association")
    PostingFactory(agent=agent, organisation=annuaire, role="directory")
    return agent


def test_one_page_lists_them_all_those_to_be_reviewed_first(
    client: Client, keeper: Agent, nadia: Agent
) -> None:
    address = reverse("front:texts")
    client.force_login(keeper)
    page = client.get(address).content.decode()
    for text in texts_here():
        assert text.title in page.replace("&#x27;", "'")
    assert "Par où commencer (Français)" in page
    client.force_login(nadia)
    assert client.get(address).status_code == 403
    found = texts.public_texts(on=localdate())
    order = (texts.TO_REVIEW, texts.OLD, texts.RECENT)
    ranks = [order.index(one.state) for one in found]
    assert ranks == sorted(ranks)
