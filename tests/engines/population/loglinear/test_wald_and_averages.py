"""
Selected and averaged models against the published tables.

``published/selected_models.csv`` holds what the R package Rcapture 1.4-4 (``closedpMS.t``) gives.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.population.drawing import code, figures, reordered, tables
from fanal.engines.population import CaptureTable, Code, Criterion, from_counts, read_table
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear.averaging import average
from fanal.engines.population.loglinear.closed import loglinear
from fanal.engines.population.loglinear.models import closed, main_effects, pairs
from fanal.engines.population.loglinear.searching import downhill
from fanal.engines.population.loglinear.wald import best_with_interval, wald

Method = Callable[[CaptureTable, Criterion], Answer]
HERE = Path(__file__).parents[1]
with (HERE / "published" / "selected_models.csv").open(encoding="utf-8") as file:
    ROWS = {(row["table"], row["what"]): row for row in csv.DictReader(file)}
# Rcapture chooses or averages models there that have no estimate: 1.4e13, 1.1e13, 2.6e10.
WITHOUT_ESTIMATE = {
    ("artificial_3lists", "best_aic"),
    ("artificial_3lists", "best_bic"),
    ("artificial_3lists", "average_bic"),
    ("korea_3lists", "average_bic"),
}


def read(name: str) -> CaptureTable:
    return read_table(HERE / "tables" / f"{name}.csv")


@pytest.mark.parametrize("key", [key for key in ROWS if key not in WITHOUT_ESTIMATE], ids="-".join)
def test_the_published_figures(key: tuple[str, str]) -> None:
    row, (name, what) = ROWS[key], key
    kind, _, criterion = what.partition("_")
    order = int(row["order"])
    published = [float(row[name]) for name in ("estimate", "lower", "upper")]

    if kind == "best":
        found = best_with_interval(read(name), Criterion(criterion), order=order)
        ours = figures(found)
    else:
        found = average(read(name), Criterion(criterion), order=order)
        assert found.estimate is not None
        ours = [found.estimate, *found.details["range_of_first"]]

    assert ours == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(("name", "refused"), [("artificial_3lists", 4), ("korea_3lists", 2)])
def test_models_without_an_estimate_weigh_nothing_and_it_is_said(name: str, refused: int) -> None:
    found = average(read(name), Criterion.BIC)

    assert found.estimate is not None
    assert found.estimate < 500
    assert found.details["refused"] == refused
    assert found.warnings[0].startswith(f"{refused} modèles sur 8 ")


def test_a_limit_under_the_people_seen_is_said_and_another_interval_is_given() -> None:
    found = best_with_interval(read("neworleans_n185_5lists"), Criterion.AIC, order=2)

    assert found.lower == pytest.approx(-96.97, abs=0.01)
    assert len(found.warnings) == 2
    assert found.details["log_interval"][0] > 185


def test_a_named_model_is_refused_when_it_has_no_estimate() -> None:
    table = read("artificial_3lists")

    for model, why in (
        (closed([0b011], 3), Code.NO_ESTIMATE_EXISTS),
        (closed(pairs(3), 3), Code.NOT_IDENTIFIABLE),
    ):
        refused = wald(table, model).refused
        assert refused is not None
        assert refused.code is why


@given(tables(most=3, people=25), st.sampled_from(Criterion), st.data())
@settings(deadline=None)
def test_of_every_table(table: CaptureTable, criterion: Criterion, data: st.DataObject) -> None:
    turned = reordered(table, data.draw(st.permutations(range(table.t))))

    one, other = average(table, criterion), average(turned, criterion)

    assert code(one) == code(other)
    assert figures(one) == pytest.approx(figures(other), rel=1e-6)
    if one.refused is None:
        least, largest = one.details["range_of_first"]
        assert one.lower is not None
        assert one.estimate is not None
        assert table.n <= one.lower <= one.estimate
        assert least >= table.n
        assert largest >= least


@given(tables(people=25))
@settings(deadline=None)
def test_the_normal_interval_is_centred_and_the_other_never_under_the_seen(
    table: CaptureTable,
) -> None:
    found = wald(table, main_effects(table.t))

    if found.refused is None:
        assert found.estimate is not None
        assert found.lower is not None
        assert found.upper is not None
        assert found.estimate >= table.n
        assert (found.lower + found.upper) / 2 == pytest.approx(found.estimate)
        assert table.n <= found.details["log_interval"][0] <= found.estimate


def test_what_cannot_be_fitted_is_refused_in_words() -> None:
    two = CaptureTable(("A", "B"), (0, 5, 4, 3))
    apart = CaptureTable(("A", "B", "C"), (0, 5, 4, 0, 3, 0, 0, 0))
    six = CaptureTable(tuple("ABCDEF"), (0, *[2] * 63))

    for table, why in (
        (two, Code.TOO_FEW_LISTS),
        (apart, Code.NO_OVERLAP),
        (six, Code.TOO_MANY_MODELS),
    ):
        for found in (
            average(table, Criterion.BIC),
            best_with_interval(table, Criterion.BIC),
        ):
            assert code(found) == why
    assert code(wald(apart, main_effects(3))) == Code.NO_OVERLAP


def test_a_history_that_nobody_can_have_is_not_an_empty_one() -> None:
    # Nobody can be on A and on B. Five histories are left for the five parameters of [13;2], and
    # what is on B and on C alone tells the unseen: B * C / BC.
    rows = [((1, 0, 0), 40), ((0, 1, 0), 30), ((0, 0, 1), 24), ((1, 0, 1), 9), ((0, 1, 1), 12)]
    never = [(1, 1, 0), (1, 1, 1)]
    possible, impossible = from_counts("ABC", rows), from_counts("ABC", rows, impossible=never)
    model = closed([0b101], 3)

    told = [wald(table, model).estimate for table in (possible, impossible)]

    assert told[1] == pytest.approx(115 + 30 * 24 / 12)
    assert told[0] != pytest.approx(told[1], rel=0.1)
    assert loglinear(impossible, model).details["poisson_estimate"] == pytest.approx(175)


@pytest.mark.parametrize(
    "method", [average, best_with_interval, downhill], ids=["average", "best", "downhill"]
)
def test_answers_are_written_as_json(method: Method) -> None:
    found = method(read("kosovo1999_4lists"), Criterion.BIC)

    assert json.loads(json.dumps(found.as_json()))["estimate"] == found.estimate
