"""The downhill search finds what trying all models finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.population.drawing import code, figures, reordered, tables, with_an_idle_list
from fanal.engines.population import CaptureTable, Code, Criterion, read_table
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear import models
from fanal.engines.population.loglinear.averaging import average
from fanal.engines.population.loglinear.searching import downhill
from fanal.engines.population.loglinear.selection import criteria, fit_all
from fanal.engines.population.loglinear.wald import best_with_interval

TABLES = Path(__file__).parents[1].joinpath("tables")
Method = Callable[[CaptureTable, Criterion], Answer]
UP_TO_FIVE = sorted(path.stem for path in TABLES.glob("*_[345]lists.csv"))
# All 32,768 models of pairs were tried once, in a second: see the last test.
SIX = {
    ("uk2013_6lists", Criterion.AIC): "[12;13;15;16;24;25;35;36;45]",
    ("uk2013_6lists", Criterion.BIC): "[12;13;25;35;36;45]",
    ("uk2013_6lists", Criterion.AICC): "[12;13;15;24;25;35;36;45]",
    ("netherlands2010_6lists", Criterion.AIC): "[12;14;15;16;23;24;25;26;35;36;46;56]",
    ("netherlands2010_6lists", Criterion.BIC): "[12;16;25;34;36;45;46]",
    ("netherlands2010_6lists", Criterion.AICC): "[12;14;16;23;24;25;26;36;46;56]",
}


def read(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


@pytest.mark.parametrize("order", [2, 3])
@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("name", UP_TO_FIVE)
def test_the_minimum_is_that_of_all_models(name: str, criterion: Criterion, order: int) -> None:
    table = read(name)

    found = downhill(table, criterion, order=order)
    exhaustive = best_with_interval(table, criterion, order=order)

    assert found.model == exhaustive.model
    assert figures(found) == figures(exhaustive)


@pytest.mark.parametrize(("name", "criterion"), SIX)
def test_the_minimum_of_six_lists(name: str, criterion: Criterion) -> None:
    assert downhill(read(name), criterion, order=2).model == SIX[name, criterion]


def test_six_lists_tried_exhaustively_say_the_same() -> None:
    table = read("uk2013_6lists")
    fits = fit_all(table, order=2)
    values = criteria(fits, table, Criterion.BIC)

    first = fits.models[int(np.argmin(values))]

    assert len(fits.models) == 32_768
    assert models.name(first, 6) == SIX["uk2013_6lists", Criterion.BIC]


def test_eight_lists_are_searched_and_it_is_said() -> None:
    found = downhill(read("neworleans_n185_8lists"), Criterion.BIC)

    assert found.estimate == pytest.approx(1183.69, abs=0.01)
    assert found.details["considered"] > 1000
    assert found.warnings[-1].startswith("Recherche de proche en proche")


@given(tables(people=15), st.sampled_from(Criterion), st.data())
@settings(deadline=None, max_examples=60)
def test_nothing_is_refused_that_all_models_would_answer_in_any_order(
    table: CaptureTable, criterion: Criterion, data: st.DataObject
) -> None:
    turned = reordered(table, data.draw(st.permutations(range(table.t))))

    found, other = downhill(table, criterion), downhill(turned, criterion)
    exhaustive = best_with_interval(table, criterion)

    assert code(found) == code(other) == code(exhaustive)
    if found.refused:
        return
    lowest, *further = sorted(criteria(fit_all(table), table, criterion))
    assert found.details["criterion"] == pytest.approx(lowest, abs=1e-6)
    assert other.details["criterion"] == pytest.approx(lowest, abs=1e-6)
    # Two models of one criterion are both the best: either may be found.
    if not further or further[0] > lowest + 1e-6:
        assert figures(found) == pytest.approx(figures(exhaustive), rel=1e-6)
        assert figures(found) == pytest.approx(figures(other), rel=1e-6)


def test_what_cannot_be_fitted_is_refused_in_words() -> None:
    three = CaptureTable(("A", "B", "C"), (0, 5, 4, 3, 6, 2, 2, 1))
    low, high = (0,) * 8, (9,) * 8

    for table, why in (
        (CaptureTable(("A", "B"), (0, 5, 4, 3)), Code.TOO_FEW_LISTS),
        (CaptureTable(("A", "B", "C"), (0, 5, 4, 0, 3, 0, 0, 0)), Code.NO_OVERLAP),
        (CaptureTable(three.lists, three.counts, low, high), Code.NOT_FOR_PROTECTED_CELLS),
    ):
        assert code(downhill(table, Criterion.BIC)) == why


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("method", [downhill, best_with_interval, average])
def test_a_list_that_saw_nobody_changes_nothing(method: Method, criterion: Criterion) -> None:
    table = read("kosovo1999_4lists")

    one, more = (method(some, criterion) for some in (table, with_an_idle_list(table)))

    assert figures(one) == figures(more)
    assert one.model is None or one.model.replace("]", ";5]") == more.model
