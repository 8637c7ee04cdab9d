"""A whole report out of a table, and what it is computed from."""

from __future__ import annotations

from functools import cache

import pytest

from engines.population.reporting import samples
from engines.population.reporting.test_protection import otherwise
from fanal.engines.population import CaptureTable, read_strata
from fanal.engines.population.methods import Settings
from fanal.engines.population.publishing.about import About
from fanal.engines.population.reporting.drawing_up import report_on
from fanal.engines.population.reporting.protection import completed_together, protect

PUBLIC = About(
    disclosure={"state": "public", "checked_by": "Le comité", "checked_on": "2026-11-02"}
)


@cache
def drawn_up(table: CaptureTable, *, public: bool = False) -> str:
    return report_on(
        table,
        settings=Settings(replicates=100),
        title="Essai",
        version="1.2.3",
        command="fanal population report essai.csv",
        about=PUBLIC if public else None,
        asked=(500,),
    )


def by_stratum() -> dict[str, CaptureTable]:
    path = samples.TABLES / "spina_bifida_3lists_stratified.csv"
    return read_strata(path, strata="eth")


@pytest.mark.parametrize("small", [1, 9])
def test_no_figure_of_a_report_depends_on_a_small_cell(small: int) -> None:
    table = samples.published("korea_3lists")

    assert drawn_up(otherwise(table, small)) == drawn_up(table)


def test_a_public_report_is_computed_from_the_table_itself() -> None:
    table = samples.published("korea_3lists")

    page = drawn_up(table, public=True)

    assert page != drawn_up(otherwise(table, 9), public=True)
    assert table.digest in page
    assert "Tout est calculé sur le tableau ainsi montré" not in page


def test_hidden_cells_widen_an_interval_that_is_there_too() -> None:
    page = drawn_up(samples.published("korea_3lists"))

    assert "Pas à pas, cases protégées" in page
    assert "élargissent l&#x27;intervalle" in page


def test_strata_are_completed_within_their_bounds_and_from_these_alone() -> None:
    strata = by_stratum()
    others = {name: otherwise(table, 2) for name, table in strata.items()}

    completed = completed_together(strata)

    assert completed == completed_together(others)
    assert others != strata
    for name, table in completed.items():
        shown = protect(strata[name])
        assert not table.is_protected
        assert all(
            low <= count <= high
            for low, count, high in zip(shown.low, table.counts, shown.high, strict=True)
        )
