"""
Closed-population models against the published tables.

``published/closed_models.csv`` holds what the R package Rcapture 1.4-4 (``closedpCI.t``) prints.
"""

from __future__ import annotations

import csv
import time
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from fanal.engines.population import CaptureTable, Code, from_counts, read_table
from fanal.engines.population.answers import Answer
from fanal.engines.population.loglinear import closed, models

HERE = Path(__file__).parents[1]
METHODS = {
    "independence": closed.independence,
    "chao": closed.chao,
    "darroch": closed.darroch,
    "poisson": closed.poisson,
    "gamma": closed.gamma,
    "all_pairs": closed.all_pairs,
}
MAY_HAVE_PAIRS = {
    "chao": closed.chao,
    "darroch": closed.darroch,
    "poisson": closed.poisson,
    "gamma": closed.gamma,
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


def table_from_all_to_one(*counts: int) -> CaptureTable:
    """Four lists; counts from those on all to those on the last only."""
    histories = sorted(product((1, 0), repeat=4), reverse=True)[:-1]
    return from_counts(["c1", "c2", "c3", "c4"], zip(histories, counts, strict=True))


# Diabetes in Casale Monferrato (Bruno et al. 1994), with the interactions 13, 24 and 34: Rivest
# (2011, Int. J. Biostatistics 7), as Rcapture's own tests have it: estimate, standard error and
# deviance under independent Poisson counts.
DIABETES = table_from_all_to_one(58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10)
CHOSEN = (0b0101, 0b1010, 0b1100)
RIVEST = {
    "chao": (2588, 75, 3.13),
    "poisson": (2573, 76, 12.88),
    "darroch": (2752, 133, 8.32),
    "gamma": (2964, 219, 6.74),
}


@pytest.mark.parametrize("method", RIVEST)
def test_interactions_and_people_who_differ_together(method: str) -> None:
    found = MAY_HAVE_PAIRS[method](DIABETES, interactions=CHOSEN)

    estimate, error, deviance = RIVEST[method]
    assert found.details["poisson_estimate"] == pytest.approx(estimate, abs=0.5)
    assert found.details["poisson_standard_error"] == pytest.approx(error, abs=0.5)
    assert found.details["deviance"] == pytest.approx(deviance, abs=0.005)
    assert found.model == "[13;24;34]"


def test_a_gamma_law_of_another_shape() -> None:
    found = closed.gamma(DIABETES, interactions=CHOSEN, shift=0.5)

    assert found.details["poisson_estimate"] == pytest.approx(4238, abs=0.5)
    assert found.details["poisson_standard_error"] == pytest.approx(952, abs=0.5)
    assert found.details["deviance"] == pytest.approx(5.49, abs=0.005)


def test_any_hierarchical_model_has_its_profile_interval() -> None:
    # Rcapture's page on these data: 12308, 10266, 14992.3; its Poisson estimate is 12318.5.
    table = read_table(HERE / "tables" / "hiv_rome_4lists.csv")

    found = closed.loglinear(table, models.closed([0b0011], 4))

    assert found.estimate == pytest.approx(12_308, abs=0.05)
    assert found.lower == pytest.approx(10_266, abs=0.05)
    assert found.upper == pytest.approx(14_992.3, abs=0.05)
    assert found.details["poisson_standard_error"] == pytest.approx(1188.7, abs=0.05)


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


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(11)
    chances = np.array([0.10, 0.15, 0.20, 0.08])
    on = np.array(list(product((0, 1), repeat=4)))
    histories = np.where(on, chances, 1 - chances).prod(axis=1)
    held = 0
    for counts in generator.multinomial(800, histories, size=1000):
        rows = zip(on[1:].tolist(), counts[1:].tolist(), strict=True)
        found = closed.independence(from_counts("ABCD", rows))
        assert found.lower is not None
        assert found.upper is not None
        held += found.lower <= 800 <= found.upper

    assert 0.93 < held / 1000 < 0.97


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
