"""What is counted is told out of the protected table, and out of it alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.population.drawing import tables
from engines.population.reporting import samples
from fanal.engines.population import CaptureTable
from fanal.engines.population.analyses import Analyses, Way
from fanal.engines.population.refusals import Refused
from fanal.engines.population.reporting import Findings, basis, render
from fanal.engines.population.reporting.protection import protect, seen_by
from sizes import size

SENTINEL = 876_543_219
NAMES = ("uk2013_5lists", "neworleans_n185_8lists")


def otherwise(table: CaptureTable, small: int) -> CaptureTable:
    """Another table that looks the same once protected."""
    counts = tuple(small if 1 <= count <= 10 else count for count in table.counts)
    return CaptureTable(table.lists, counts, impossible=table.impossible)


def recounted(analyses: Analyses) -> Analyses:
    """The same analyses, every count in them replaced by a number that nobody may read."""
    path, stages = analyses.path, analyses.trajectory
    assert isinstance(path, Way)
    assert not isinstance(stages, Refused)
    nobody = (SENTINEL, SENTINEL)
    return replace(
        analyses,
        path=replace(path, steps=tuple(replace(one, seen=SENTINEL) for one in path.steps)),
        without=tuple(replace(one, lost=SENTINEL) for one in analyses.without),
        trajectory=tuple(replace(one, people=SENTINEL) for one in stages),
        odds=tuple(replace(one, low=SENTINEL, high=SENTINEL) for one in analyses.odds),
        minimum=replace(analyses.minimum, seen=nobody, on_several=nobody),
    )


@settings(max_examples=30, deadline=None)
@given(tables(), st.integers(1, 10))
def test_two_tables_that_are_protected_alike_are_one_to_the_reader(
    table: CaptureTable, small: int
) -> None:
    assert protect(otherwise(table, small)) == protect(table)


@settings(max_examples=size(4, 10), deadline=None)
@given(st.integers(1, 10))
@pytest.mark.parametrize("name", NAMES)
def test_the_page_does_not_change_with_a_small_cell(name: str, small: int) -> None:
    findings = samples.protected(name)

    assert render(replace(findings, table=otherwise(findings.table, small))) == render(findings)


@pytest.mark.parametrize("name", NAMES)
def test_counts_that_analyses_hold_are_not_read(name: str) -> None:
    findings = samples.protected(name)
    region = findings.region
    assert region is not None

    page = render(
        replace(
            findings,
            analyses=recounted(findings.analyses),
            region=replace(region, observed=5, digest="0123"),
        )
    )

    assert page == render(findings)
    assert str(SENTINEL) not in re.sub(r"\s", "", page)


def test_a_public_table_does_change_the_page() -> None:
    """Otherwise the two tests before would pass on an empty page."""
    findings = samples.findings("uk2013_5lists")

    assert render(replace(findings, table=otherwise(findings.table, 7))) != render(findings)


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_of_a_protected_page_is_not_that_of_the_exact_table(name: str) -> None:
    """A few small cells are soon guessed by whoever holds the digest of the whole."""
    findings = samples.protected(name)

    page = render(findings)

    assert findings.table.digest not in page
    assert protect(findings.table).digest in page
    assert findings.table.digest in render(replace(findings, public=True))


def test_what_others_wrote_of_the_figures_is_not_shown_with_protected_cells() -> None:
    findings = samples.protected("neworleans_n185_8lists")
    told = tuple((n, title, True, f"secret {n}.") for n, title, _, _ in findings.items)

    page = render(replace(findings, items=told))

    assert sorted(map(int, re.findall(r"secret (\d+)\.", page))) == [1, 2, 16]


@given(tables())
def test_every_total_that_is_told_holds_the_true_one(table: CaptureTable) -> None:
    shown = protect(table)

    for number in range(table.t):
        low, high = seen_by(shown, number)
        assert low <= table.overlap(number) <= high


def test_limits_are_rounded_outwards_so_that_they_do_not_tell_how_many_were_seen() -> None:
    """The lower limit of Chao's bound is often the number of people seen, to the unit."""
    findings = samples.protected("korea_3lists")
    seen = findings.table.n

    page = re.sub(r"<[^>]+>", " ", render(findings))

    assert not re.search(rf"\b{seen}\b", page)
    assert re.search(rf"\b{seen}\b", _text(replace(findings, public=True)))


def _text(findings: Findings) -> str:
    return re.sub(r"<[^>]+>", " ", render(findings))


@pytest.mark.parametrize("name", ["korea_3lists", "westernus_5lists"])
@pytest.mark.parametrize("small", [1, 7, 10])
def test_a_whole_report_is_the_same_whatever_its_small_cells(name: str, small: int) -> None:
    """Estimates and all: there is nothing to find by trying values and computing again."""
    table = samples.published(name)
    other = otherwise(table, small)

    page = render(samples.of_table(table, public=False, draws=10))

    assert other != table
    assert render(samples.of_table(other, public=False, draws=10)) == page
    assert "viennent du tableau exact" not in page
    assert "Tout est calculé sur le tableau ainsi montré" in page


def test_a_report_computed_from_the_exact_table_says_that_it_gives_the_cells_back() -> None:
    findings = samples.protected("korea_3lists")
    other = otherwise(findings.table, 4)

    recomputed = replace(samples.of_table(other), public=False, title=findings.title)

    assert _text(recomputed) != _text(findings)
    assert "viennent du tableau exact" in _text(findings)
    assert "viennent du tableau exact" not in _text(replace(findings, public=True))


def test_a_table_without_small_cells_is_computed_as_it_is() -> None:
    table = samples.published("kosovo1999_4lists")

    assert basis(table, public=False) is table
    assert basis(samples.published("korea_3lists"), public=True) == samples.published(
        "korea_3lists"
    )


@settings(max_examples=30, deadline=None)
@given(tables())
def test_what_a_report_is_computed_from_is_within_the_bounds_shown(table: CaptureTable) -> None:
    shown, of = protect(table), basis(table, public=False)

    assert all(
        low <= count <= high
        for low, count, high in zip(shown.low, of.counts, shown.high, strict=True)
    )


def test_a_table_protected_before_it_came_keeps_its_own_bounds() -> None:
    table = CaptureTable(
        ("a", "b", "c"), (0, 15, 20, 5, 8, 3, 3, 40), (0, 11, 20, 1, 8, 0, 3, 40),
        (0, 20, 20, 10, 8, 5, 3, 40),
    )  # fmt: skip

    shown = protect(table)

    assert shown.low == (0, 11, 20, 1, 1, 0, 1, 40)
    assert shown.high == (0, 20, 20, 10, 10, 5, 10, 40)
