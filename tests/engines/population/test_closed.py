"""
Closed-population models against the published tables.

``published/closed_models.csv`` holds what the R package Rcapture 1.4-4 (``closedpCI.t``) prints.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from fanal.engines.population import Code, closed, from_counts, read_table
from fanal.engines.population.answers import Answer

HERE = Path(__file__).parent
METHODS = {
    "independence": closed.independence,
    "chao": closed.chao,
    "darroch": closed.darroch,
    "poisson": closed.poisson,
    "gamma": closed.gamma,
    "all_pairs": closed.all_pairs,
}
with (HERE / "published" / "closed_models.csv").open(encoding="utf-8") as file:
    ROWS = {(row["table"], row["method"]): row for row in csv.DictReader(file)}
# Fienberg and Rinaldo's linear programme has no solution there, or the columns are not independent.
# Rcapture prints 4.9e13 and 1.0e11 for all pairs; for the first table under Darroch and Poisson it
# prints the number seen, where Stirling's formula grows without end.
NO_ESTIMATE = {
    ("artificial_3lists", "all_pairs"): Code.NOT_IDENTIFIABLE,
    ("artificial_3lists", "darroch"): Code.NO_ESTIMATE_EXISTS,
    ("artificial_3lists", "poisson"): Code.NO_ESTIMATE_EXISTS,
    ("korea_3lists", "all_pairs"): Code.NO_ESTIMATE_EXISTS,
}
# Rcapture looks for the upper limit as far as three times its Poisson estimate, and prints
# "> that" beyond. Ours go on.
NOT_LOOKED_FOR = {
    ("neworleans_n185_5lists", "darroch"),
    ("neworleans_n185_5lists", "all_pairs"),
    ("neworleans_n185_8lists", "all_pairs"),
    ("neworleans_n186_5lists", "darroch"),
    ("neworleans_n186_5lists", "all_pairs"),
    ("neworleans_n186_8lists", "all_pairs"),
    ("westernus_5lists", "darroch"),
    ("westernus_5lists", "all_pairs"),
}
# The likelihood is so flat at these tops that the printed estimate is lower by less than 1e-12,
# the last digit that a likelihood of some thousands keeps: the printed estimates are 0.012 and
# 0.016 away from where its derivative is zero.
FLAT = {("hiv_rome_4lists", "darroch"): 0.02, ("netherlands2010_5lists", "all_pairs"): 0.02}


def answer(key: tuple[str, str]) -> Answer:
    table, method = key
    return METHODS[method](read_table(HERE / "tables" / f"{table}.csv"))


@pytest.mark.parametrize("key", [key for key in ROWS if key not in NO_ESTIMATE], ids="-".join)
def test_estimate_and_both_limits_are_those_of_the_published_package(key: tuple[str, str]) -> None:
    found, row = answer(key), ROWS[key]

    assert found.estimate == pytest.approx(float(row["estimate"]), abs=FLAT.get(key, 0.01))
    assert found.lower == pytest.approx(float(row["lower"]), abs=0.01)
    if key in NOT_LOOKED_FOR:
        assert 3 * found.details["poisson_estimate"] == pytest.approx(float(row["upper"]), abs=0.06)
        assert found.upper is not None
        assert found.upper > float(row["upper"])
    else:
        assert found.upper == pytest.approx(float(row["upper"]), abs=0.01)


@pytest.mark.parametrize("key", NO_ESTIMATE, ids="-".join)
def test_an_estimate_that_does_not_exist_is_refused(key: tuple[str, str]) -> None:
    found = answer(key)

    assert found.refused is not None
    assert found.refused.code is NO_ESTIMATE[key]


def test_each_table_and_method_was_compared() -> None:
    assert len(ROWS) == 16 * 5


def test_chao_is_refused_where_its_likelihood_grows_for_ever() -> None:
    # All that list A knows is one person of all three lists: chance, or a bond without limit.
    table = from_counts("ABC", [((0, 1, 0), 1), ((0, 0, 1), 1), ((1, 1, 1), 1)])

    refused = closed.chao(table).refused

    assert refused is not None
    assert refused.code is Code.NO_ESTIMATE_EXISTS


def test_chao_sets_negative_parameters_to_zero_and_says_how_many() -> None:
    found = answer(("uk2013_5lists", "chao"))

    assert found.details["set_to_zero"] == 2
    assert found.details["parameters"] == 7


def test_pairs_of_lists_that_share_nobody_are_named() -> None:
    found = answer(("westernus_5lists", "all_pairs"))

    assert any(warning.startswith("Sans aucune personne commune") for warning in found.warnings)


def test_a_model_and_its_interval_take_less_than_twenty_milliseconds() -> None:
    table = read_table(HERE / "tables" / "neworleans_n186_8lists.csv")
    for method in METHODS.values():
        method(table)
        took = []
        for _ in range(3):
            began = time.process_time()
            method(table)
            took.append(time.process_time() - began)
        assert min(took) < 0.020, method
