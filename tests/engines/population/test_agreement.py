"""Point estimates of the published tables, as the R packages print them to two decimals."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanal.engines.population import CaptureTable, Criterion, best, read_table, stepwise
from fanal.engines.population.bayes.decomposable import decomposable

TABLES = Path(__file__).with_name("tables")
# MultipleSystemsEstimation 1.2.0: stepwise, tail 0.02.
STEPWISE = {
    "artificial_3lists": 539.09,
    "congenital_5lists": 609.89,
    "hiv_rome_4lists": 11124.58,
    "korea_3lists": 268.78,
    "kosovo1999_4lists": 14341.66,
    "lesbian_4lists": 5350.51,
    "netherlands2010_5lists": 121521.61,
    "netherlands2010_6lists": 111139.37,
    "neworleans_n185_5lists": 1034.15,
    "neworleans_n185_8lists": 1183.69,
    "neworleans_n186_5lists": 981.43,
    "neworleans_n186_8lists": 1110.49,
    "uk2013_4lists": 11015.24,
    "uk2013_5lists": 11312.99,
    "uk2013_6lists": 11417.99,
    "westernus_5lists": 2483.38,
}
# The same package: BIC over all models of order 3, with the model that it names.
BIC = {
    "artificial_3lists": (539.09, "[1;2;3]"),
    "congenital_5lists": (620.47, "[12;13;45]"),
    "hiv_rome_4lists": (11124.58, "[1;2;3;4]"),
    "korea_3lists": (157.17, "[12;23]"),
    "kosovo1999_4lists": (10356.52, "[123;14;34]"),
    "lesbian_4lists": (6349.02, "[12;14;23;24;34]"),
    "netherlands2010_5lists": (148788.76, "[12;135;24;34]"),
    "neworleans_n185_5lists": (1034.15, "[1;2;3;4;5]"),
    "neworleans_n186_5lists": (981.43, "[1;2;3;4;5]"),
    "uk2013_4lists": (11987.09, "[12;13;4]"),
    "uk2013_5lists": (25311.29, "[123;25;34]"),
    "westernus_5lists": (2483.38, "[15;2;3;4]"),
}
# Rcapture 1.4-4: AIC over all models, of pairs with five lists and of order 3 with four.
AIC = {
    "congenital_5lists": (2, 634.52),
    "hiv_rome_4lists": (3, 12318.47),
    "kosovo1999_4lists": (3, 12740.97),
    "lesbian_4lists": (3, 9908.61),
    "netherlands2010_5lists": (2, 46330.88),
    "neworleans_n185_5lists": (2, 2750.20),
    "neworleans_n186_5lists": (2, 1389.00),
    "uk2013_4lists": (3, 18719.26),
    "uk2013_5lists": (2, 11174.83),
    "westernus_5lists": (2, 2308.24),
}


# dga 2.0.2: median and limits of the posterior, on 1,000 values up to 30 times those seen.
DGA = {
    "artificial_3lists": (313, 97, 1950),
    "congenital_5lists": (619, 586, 651),
    "hiv_rome_4lists": (11234, 9413, 14081),
    "korea_3lists": (161, 124, 460),
    "kosovo1999_4lists": (12593, 9818, 16557),
    "lesbian_4lists": (5139, 4614, 5729),
    "netherlands2010_5lists": (50270, 41616, 203328),
    "neworleans_n185_5lists": (869, 514, 1763),
    "neworleans_n186_5lists": (846, 528, 1589),
    "uk2013_4lists": (11397, 9501, 13585),
    "uk2013_5lists": (23016, 10408, 33481),
    "westernus_5lists": (2128, 1340, 3868),
}
# Acceleration of the stepwise bootstrap, as MultipleSystemsEstimation prints it.
ACCELERATION = {
    "artificial_3lists": -0.061,
    "congenital_5lists": 0.0012,
    "hiv_rome_4lists": -0.0153,
    "korea_3lists": -0.0288,
    "kosovo1999_4lists": -0.0042,
    "lesbian_4lists": -0.0085,
    "netherlands2010_5lists": -0.0166,
    "netherlands2010_6lists": 0.0333,
    "neworleans_n185_5lists": -0.0552,
    "neworleans_n185_8lists": -0.0293,
    "neworleans_n186_5lists": -0.0522,
    "uk2013_4lists": -0.0125,
    "uk2013_5lists": -0.0122,
    "uk2013_6lists": -0.0129,
    "westernus_5lists": -0.095,
}


def table(name: str) -> CaptureTable:
    return read_table(TABLES / f"{name}.csv")


@pytest.mark.parametrize("name", STEPWISE)
def test_stepwise(name: str) -> None:
    found = stepwise(table(name), replicates=0)

    assert found.estimate == pytest.approx(STEPWISE[name], abs=0.01)


@pytest.mark.parametrize("name", ACCELERATION)
def test_the_jackknife_of_the_stepwise_choice(name: str) -> None:
    found = stepwise(table(name), replicates=50)

    assert found.details["acceleration"] == pytest.approx(ACCELERATION[name], abs=0.0001)


@pytest.mark.parametrize("name", BIC)
def test_the_best_model_by_bic(name: str) -> None:
    found = best(table(name), Criterion.BIC, replicates=0)

    assert found.estimate == pytest.approx(BIC[name][0], abs=0.01)
    assert found.model == BIC[name][1]


@pytest.mark.parametrize("name", AIC)
def test_the_best_model_by_aic(name: str) -> None:
    order, expected = AIC[name]
    found = best(table(name), Criterion.AIC, order=order, replicates=0)

    assert found.estimate == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("name", DGA)
def test_decomposable_graphs_to_the_person(name: str) -> None:
    found = decomposable(table(name))

    assert (found.estimate, found.lower, found.upper) == DGA[name]


def test_models_without_an_estimate_are_counted_and_never_chosen() -> None:
    found = best(table("uk2013_5lists"), Criterion.BIC, replicates=0)

    assert (found.details["considered"], found.details["without_estimate"]) == (6212, 6212 - 6084)
