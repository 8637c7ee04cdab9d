"""In operation, a text is shown once somebody who is named has read it: that text, and no other."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from fanal.config.commands.guide import close, list_them, review
from fanal.ground.audit.models import Trace
from fanal.portal.front.guide import DATA, EDITIONS, read_guide
from fanal.portal.front.models import GuideReview
from fanal.portal.front.use_cases import (
    NobodyNamed,
    NotReviewed,
    UnknownEdition,
    close_edition,
    review_edition,
)
from past import past

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
WHO = "Une lectrice inventée"
OTHERS = [one for one in EDITIONS if one != "courant"]


@pytest.fixture
def in_operation(settings: Settings) -> None:
    settings.FANAL_SERVICE = "Service inventé"


def page(client: Client, edition: str, name: str = "ask") -> str:
    given = [edition, "moi"] if name == "ask" else [edition]
    answer = client.get(reverse(f"front:{name}", args=given))
    assert answer.status_code == 200
    return answer.content.decode()


def opened(edition: str) -> GuideReview:
    return review_edition(edition=edition, reviewer=WHO, now=NOON)


@pytest.mark.parametrize("edition", OTHERS)
def test_in_the_demonstration_a_text_is_shown_with_what_it_is(client: Client, edition: str) -> None:
    words = read_guide(edition).words
    told = page(client, edition)

    assert read_guide(edition).people["moi"].title in told
    assert told.index(words["to_review"]) < told.index("<h1>")


@pytest.mark.usefixtures("in_operation")
@pytest.mark.parametrize("edition", EDITIONS)
def test_in_operation_words_that_nobody_reviewed_are_not_said(client: Client, edition: str) -> None:
    for name in ("start", "ask", "safe"):
        told = page(client, edition, name)
        assert read_guide(edition).people["moi"].title not in told
        assert read_guide(edition).words["not_yet"] in told.replace("</bdi>", "").replace(
            '<bdi dir="ltr">', ""
        )
        assert '<html lang="fr"' in told
        assert 'href="tel:119"' in told

    opened(edition)

    told = page(client, edition)
    assert read_guide(edition).people["moi"].title in told
    assert f"<bdi>{WHO}</bdi>" in told
    assert "2026-11-28" in told
    assert read_guide(edition).words["to_review"] not in told


@pytest.mark.usefixtures("in_operation")
@pytest.mark.parametrize("edition", OTHERS)
def test_french_that_was_reviewed_stands_for_what_was_not(client: Client, edition: str) -> None:
    opened("courant")
    told = page(client, edition)

    assert read_guide("courant").people["moi"].title in told
    assert f'<div lang="{read_guide(edition).lang}" dir="{read_guide(edition).dir}">' in told
    assert 'action="/reperes/courant/moi/"' in told


@pytest.mark.usefixtures("in_operation")
def test_only_what_is_open_is_proposed(client: Client) -> None:
    assert "front-languages" not in client.get("/").content.decode()
    opened("courant")
    opened("ar")

    home = client.get("/").content.decode()
    assert "العربية" in home
    assert "Español" not in home


@pytest.fixture
def own_words(settings: Settings, tmp_path: Path) -> Path:
    """A folder where a service has put its own editions."""
    for path in DATA.glob("guide_*.toml"):
        shutil.copy(path, tmp_path)
    settings.FANAL_GUIDES = str(tmp_path)
    return tmp_path / "guide_es.toml"


@pytest.mark.usefixtures("in_operation")
def test_one_letter_changed_and_the_review_lapses(client: Client, own_words: Path) -> None:
    opened("es")
    text = own_words.read_text(encoding="utf-8")
    assert "Es para ti" in page(client, "es")

    own_words.write_text("# Un commentaire n'est pas un mot.\n" + text, encoding="utf-8")
    read_guide.cache_clear()
    assert "Es para ti" in page(client, "es")

    own_words.write_text(text.replace("Salir rápido", "Salir ya", 1), encoding="utf-8")
    read_guide.cache_clear()
    assert "Es para ti" not in page(client, "es")
    opened("es")
    assert "Salir ya" in page(client, "es")


@pytest.mark.usefixtures("in_operation")
def test_a_text_where_a_fault_is_found_is_closed_at_once(client: Client) -> None:
    opened("ro")
    close_edition(edition="ro", now=NOON)

    assert read_guide("ro").people["moi"].title not in page(client, "ro")
    with pytest.raises(NotReviewed):
        close_edition(edition="ro", now=NOON)
    opened("ro")
    assert read_guide("ro").people["moi"].title in page(client, "ro")


def test_a_review_has_a_name_and_an_edition() -> None:
    for nobody in ("", "  ", "x"):
        with pytest.raises(NobodyNamed):
            review_edition(edition="es", reviewer=nobody, now=NOON)
    for unknown in ("", "de", "../es"):
        with pytest.raises(UnknownEdition):
            review_edition(edition=unknown, reviewer=WHO, now=NOON)
    assert not GuideReview.objects.exists()


def test_a_review_leaves_its_trace_without_the_name() -> None:
    opened("pt")

    trace = past(Trace).get(deed="guide.review")
    assert trace.detail == {"edition": "pt", "digest": read_guide("pt").digest}


def test_a_review_is_added_and_never_changed() -> None:
    """By the role of the application: the database refuses."""
    done = opened("pt")
    for change in (lambda: GuideReview.objects.update(reviewer="Autre"), done.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_command_opens_says_and_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("fanal.config.commands.guide.open_database", nullcontext)

    def run(command, *words: str) -> str:
        done = CliRunner().invoke(command, words)
        assert done.exit_code == 0, done.output
        return done.output

    assert f"relu par {WHO}" in run(review, "ar", "--by", WHO)
    assert f"العربية : relu par {WHO}" in run(list_them)
    assert run(list_them).count("à relire") == len(EDITIONS) - 1
    run(close, "ar")
    assert run(list_them).count("à relire") == len(EDITIONS)
    assert CliRunner().invoke(review, ["ar"]).exit_code != 0
