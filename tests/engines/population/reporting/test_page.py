"""The report as text: what it must say, and what it may never say."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engines.population.reporting import samples
from fanal.engines.population import CaptureTable, from_counts
from fanal.engines.population.analyses import gather
from fanal.engines.population.answers import Answer
from fanal.engines.population.limits.bounds import region
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.reporting import Strata, for_dossier, render

NAMES = ("uk2013_5lists", "kosovo1999_4lists", "korea_3lists", "neworleans_n185_8lists")
SRC = Path(__file__).parents[4] / "src/fanal"
STYLE = SRC / "engines/population/reporting/report.css"
TOKENS = SRC / "ground/shell/themes/neutral/static/neutral/tokens.css"


class Outline(HTMLParser):
    """Headings in their order, and the tags that a page opens and leaves open."""

    VOID = frozenset({"meta", "br", "hr", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def outlined(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    return outline


def lead(page: str) -> str:
    found = re.search(r'<p class="lead">(.*?)</p>', page, re.DOTALL)
    assert found
    said = unescape(re.sub("<[^>]+>", "", found[1]))
    return said.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_its_headings_are_in_order(name: str, public: bool) -> None:
    outline = outlined(render(replace(samples.findings(name), public=public)))

    assert outline.faults == []
    assert outline.open == []
    assert outline.levels[0] == 1
    assert all(
        after <= before + 1
        for before, after in zip(outline.levels, outline.levels[1:], strict=False)
    )
    assert len(set(outline.ids)) == len(outline.ids)


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_has_its_words_and_its_table(name: str) -> None:
    page = render(samples.findings(name))

    figures = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert len(figures) == page.count('role="img"') >= 6
    for figure in figures:
        assert re.search(
            r'<svg class="drawing" role="img" aria-labelledby="([a-z-]+)-t \1-d".*?'
            r'<title id="\1-t">.+?</title><desc id="\1-d">.+?</desc>.*</svg>.*<details>.*<table',
            figure,
            re.DOTALL,
        )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    page = render(samples.findings(name))

    assert not re.search(r"<script|<link|<img|<iframe|url\(|@import|https?://|\bon\w+=", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_the_machine_is_left(name: str) -> None:
    text = " ".join(outlined(render(samples.findings(name))).text)

    assert not re.search(r"\b(nan|inf|None|True|False)\b", text)
    assert not re.search(r"\d\.\d{3}", text)


def test_the_first_two_sentences_say_estimate_interval_and_the_doubt() -> None:
    said = lead(render(samples.findings("uk2013_5lists")))

    first, second, *_ = re.split(r"(?<=\.) ", said)
    assert first.startswith("Estimation : au moins 2 744 personnes ont été vues, au moins 13 600")
    assert "borne de Chao (intervalle à 95 % : 12 100 à 15 300)" in first
    assert re.search(r"les modèles disent entre \d+ \d+ et \d+ \d+, chaque intervalle", first)
    assert second.startswith("Le principal doute : d'une méthode à l'autre")


def test_a_method_without_an_upper_limit_leaves_the_sentence_open() -> None:
    findings = samples.findings("uk2013_5lists")
    open_one = Answer("darroch", 9000.0, 5000.0, None)

    said = lead(render(replace(findings, answers=(*findings.answers, open_one))))

    assert re.search(r"les modèles disent \d+ \d+ ou plus, sans borne haute", said)


def test_too_thin_a_table_is_said_before_anything_else() -> None:
    said = lead(render(samples.findings("neworleans_n185_8lists")))

    assert "13 personnes sur deux listes ou plus, quand il en faut 30" in said
    assert "ne suffisent pas à une estimation" in said


def test_what_is_missing_forbids_to_publish_by_name() -> None:
    findings = samples.findings("korea_3lists")

    page = render(findings)
    whole = render(replace(findings, items=samples.items()))

    assert "Non publiable" in page
    assert "il manque les points 3 (point 3) et 16 (point 16)" in page
    assert "Non publiable" not in whole
    assert page.count(">manque</span>") == 2
    assert whole.count(">réuni</span>") == 17


def test_a_refused_method_is_listed_with_its_reason() -> None:
    page = render(samples.findings("neworleans_n185_8lists"))

    assert "sans réponse\xa0: trop de listes" in page
    assert "Cette méthode s&#x27;arrête à cinq listes" in page
    assert "407 modèles proches de celui de la méthode pas à pas" in page


def test_the_interval_of_one_model_is_grey() -> None:
    page = render(samples.findings("kosovo1999_4lists"))

    grey = re.findall(r'class="name grey-words">([^<]+)<', page)
    assert {"Listes indépendantes", "Pas à pas, modèle figé", "BIC, modèle figé"} <= set(grey)
    assert "Pas à pas" not in grey


def test_the_dependence_at_which_a_number_leaves_the_region_is_said() -> None:
    page = render(samples.findings("uk2013_5lists"))

    assert re.search(r"7\s000 sort de l&#x27;intervalle du modèle", page)
    assert "divise par" in page


def test_names_of_lists_are_text_whatever_they_hold() -> None:
    names = ("<b>un</b>", '"deux"', "trois&quatre")
    table = from_counts(
        names,
        [([1, 0, 0], 50), ([0, 1, 0], 40), ([0, 0, 1], 60), ([1, 1, 0], 20), ([1, 0, 1], 15),
         ([0, 1, 1], 18), ([1, 1, 1], 5)],
    )  # fmt: skip

    page = render(samples.of_table(table, title="<script>alert(1)</script>"))

    assert "<b>un" not in page
    assert "<script" not in page
    assert outlined(page).faults == []


def test_strata_stand_in_the_order_of_their_names_with_the_gap_of_their_sum() -> None:
    findings = samples.findings("korea_3lists")
    parts = tuple((name, Answer("", size, size / 2, size * 2)) for name, size in
                  [("Sud", 300.0), ("Est", 90.0), ("Nord", 150.0)])  # fmt: skip

    page = render(replace(findings, strata=Strata(parts, Answer("", 500.0, 400.0, 700.0))))

    section = page[page.index('id="strates"') :]
    assert section.index("Est") < section.index("Nord") < section.index("Sud")
    assert "les parties font 8\xa0% de plus que l&#x27;ensemble" in section


@pytest.mark.parametrize(
    "table",
    [
        from_counts("ab", [([1, 0], 50), ([0, 1], 40), ([1, 1], 12)]),
        from_counts("abc", [([1, 0, 0], 50), ([0, 1, 0], 40), ([0, 0, 1], 12)]),
        CaptureTable(("a", "b", "c"), (0, *[5] * 7), (0, *[1] * 7), (0, *[10] * 7)),
    ],
    ids=["two lists", "nobody twice", "protected"],
)
def test_a_table_without_any_estimate_still_has_its_report(table: CaptureTable) -> None:
    findings = samples.of_table(table)

    page = render(replace(findings, public=False))

    assert outlined(page).faults == []
    assert "Estimation" in lead(page)
    assert "Le principal doute" in lead(page)


def test_texts_for_the_checklist_come_from_the_analyses() -> None:
    findings = samples.findings("uk2013_5lists")

    stepwise = Answer("stepwise", 11_313.0, 9_240.0, 15_020.0)
    told = for_dossier(findings.analyses, findings.region, stepwise=stepwise)

    assert set(told) == {"sensitivity", "consistency", "trajectory", "dependence"}
    assert all(told.values())
    assert "sans PFNCA" in (told["sensitivity"] or "")


def test_an_analysis_that_was_refused_leaves_its_item_missing() -> None:
    table = CaptureTable(("a", "b", "c"), (0, *[5] * 7), (0, *[1] * 7), (0, *[10] * 7))

    told = for_dossier(gather(table), region(table), stepwise=None)

    assert not any(told.values())


def test_the_colours_are_those_of_the_screens() -> None:
    house, page = TOKENS.read_text(encoding="utf-8"), STYLE.read_text(encoding="utf-8")
    blocks = [block.split("\n  }", 1)[0] for block in house.split(":root")]
    light, dark = _colours(blocks[1]), _colours(blocks[2])
    mine = page.split(":root")

    assert _colours(mine[1]).items() <= light.items()
    assert _colours(mine[2]).items() <= dark.items()
    assert len(_colours(mine[1])) == len(_colours(mine[2])) > 8


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", block.split("}", 1)[0]))


def test_answers_without_a_region_or_with_nothing_but_refusals_are_written() -> None:
    findings = samples.findings("korea_3lists")
    refused = Answer("stepwise", refused=Refused.because(Code.NO_OVERLAP))

    page = render(replace(findings, region=None, answers=(refused,)))

    assert "aucune méthode ne donne d'intervalle" in lead(page)


def test_rendering_reads_no_clock() -> None:
    findings = samples.findings("korea_3lists")

    assert render(findings) == render(findings)
