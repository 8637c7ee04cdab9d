"""Seventeen items before a number may be published."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

from fanal.config.folders import project_folder
from fanal.engines.population import CaptureTable
from fanal.engines.population.answers import Answer
from fanal.engines.population.links.linkage import corrected
from fanal.engines.population.methods import Settings, ask
from fanal.engines.population.publishing.about import About, read_about
from fanal.engines.population.publishing.dossier import TITLES, Dossier, draw_up
from fanal.engines.population.reading import read_table
from fanal.engines.population.refusals import Code, Refused, UnreadableTable

EXAMPLES = project_folder() / "docs" / "engines" / "examples"
ONLY_A_REPORT = {"sensitivity", "consistency", "trajectory", "dependence", "strata"}


def table() -> CaptureTable:
    return read_table(EXAMPLES / "captures.csv")


def about() -> About:
    return read_about(EXAMPLES / "about.toml", table().lists)


@cache
def answers() -> tuple[Answer, ...]:
    names = ("independence", "chao", "stepwise", "bic", "dga")
    found = ask(table(), names, Settings(replicates=20_000))
    stuck = Answer("latent", refused=Refused.because(Code.CHAIN_STUCK))
    return (*found, stuck, corrected(table(), missed_links=0.05, replicates=50))


def whole() -> Dossier:
    dossier = draw_up(table(), answers(), about=about(), reproduced_by="fanal, graine 1")
    return dossier.with_analyses(**dict.fromkeys(ONLY_A_REPORT, "Calculé par le rapport."))


def test_there_are_seventeen_and_each_has_its_title() -> None:
    assert [one.name for one in fields(Dossier)] == list(TITLES)
    assert len(TITLES) == 17


def test_it_is_publishable_when_nothing_is_missing() -> None:
    assert whole().missing == ()
    assert whole().publishable


@pytest.mark.parametrize("name", TITLES)
def test_it_is_not_while_one_item_is_missing(name: str) -> None:
    lacking = replace(whole(), **{name: None})

    assert lacking.missing == (name,)
    assert not lacking.publishable
    assert [present for _, _, present, _ in lacking.items()].count(False) == 1


def test_without_a_word_on_the_lists_three_items_and_the_secret_are_missing() -> None:
    dossier = draw_up(table(), answers(), reproduced_by="fanal, graine 1")

    assert {"population", "lists", "linkage", "disclosure"} <= set(dossier.missing)


def test_fewer_draws_are_no_interval_to_publish() -> None:
    few = [
        replace(answer, replicates=1000) if answer.method == "stepwise" else answer
        for answer in answers()
    ]

    assert "interval" in draw_up(table(), few, about=about()).missing


def test_thirty_people_on_two_lists_are_the_least() -> None:
    thin = CaptureTable(tuple("ABC"), (0, 50, 50, 9, 50, 10, 10, 0))
    enough = CaptureTable(tuple("ABC"), (0, 50, 50, 10, 50, 10, 10, 0))

    assert "minimum" in draw_up(thin, answers()).missing
    assert "minimum" not in draw_up(enough, answers()).missing


def test_the_first_sentences_name_the_estimate_the_interval_and_the_doubt() -> None:
    said = whole().wording

    assert said is not None
    assert said.startswith("Estimation : au moins 961 personnes vues, au moins 2\u202f300 (de")
    assert "intervalle" in said
    assert "doute" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[population", "ne se lit pas"),
        (
            '[disclosure]\nstate = "ouvert"\nchecked_by = "x"\nchecked_on = "2026-01-01"\n',
            "public",
        ),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "about.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableTable, match=said):
        read_about(path, ("A", "B", "C"))


def test_a_list_that_is_not_spoken_of_is_wanting(tmp_path: Path) -> None:
    path = tmp_path / "about.toml"
    path.write_text('[[lists]]\nname = "A"\n', encoding="utf-8")

    found = read_about(path, ("A", "B"))
    assert found.wanting is not None
    assert found.wanting["lists"] == ("A", "B")
