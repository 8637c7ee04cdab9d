"""What a study would bring is said before any data are asked for."""

from __future__ import annotations

import json

import pytest

from fanal.engines.population import Code
from fanal.engines.population.design import expect

RATES = (0.1, 0.15, 0.12, 0.08)


def test_the_interval_to_expect_is_that_of_darrochs_information() -> None:
    found = expect(8000, RATES, replicates=600)

    assert found.study
    assert found.study.lower
    assert found.study.upper
    assert found.study.relative_error
    half = (found.study.upper - found.study.lower) / 2 / 8000
    # Models chosen on the data cost a little more than the model known.
    assert 1.7 < half / found.study.relative_error < 2.6
    assert found.study.lower < 8000 < found.study.upper
    assert found.study.seen == pytest.approx(8000 * (1 - 0.9 * 0.85 * 0.88 * 0.92), rel=0.01)
    assert dict(found.overlaps)["1-2"] == pytest.approx(120)


def test_one_more_list_narrows_and_a_larger_sample_narrows_more() -> None:
    found = expect(8000, RATES, replicates=600)
    larger = expect(8000, RATES, sample=2000, replicates=600)
    widths = [
        (one.upper or 0) - (one.lower or 0)
        for one in (found.study, found.with_more[0], larger.with_more[1])
        if one
    ]

    assert widths == sorted(widths, reverse=True)
    assert found.with_more[1].rates[-1] == pytest.approx(0.02)


def test_too_small_a_study_says_how_often_it_fails() -> None:
    found = expect(200, (0.01, 0.02, 0.03), replicates=200)

    assert found.study
    assert found.study.chance_of_none > 0.5
    assert found.study.upper is None
    assert found.study.chance_of_thin == 1
    assert "trop peu" in found.said[0]


def test_the_same_seed_gives_the_same_study() -> None:
    assert expect(3000, RATES, replicates=50) == expect(3000, RATES, replicates=50)
    json.dumps(expect(3000, RATES, replicates=50).as_json(), allow_nan=False)


@pytest.mark.parametrize(
    ("population", "rates", "sample", "code"),
    [
        (8000, (0.1,), None, Code.TOO_FEW_LISTS),
        (8000, (), None, Code.TOO_FEW_LISTS),
        (8000, (0.1,) * 11, None, Code.TOO_MANY_LISTS),
        (8000, (0.1, 1.2), None, Code.RATES_OUT_OF_RANGE),
        (8000, (0.1, 0.0), None, Code.RATES_OUT_OF_RANGE),
        (8000, (0.1, float("nan")), None, Code.RATES_OUT_OF_RANGE),
        (0, (0.1, 0.2), None, Code.RATES_OUT_OF_RANGE),
        (8000, (0.1, 0.2), 9000, Code.RATES_OUT_OF_RANGE),
    ],
)
def test_what_is_no_study_is_refused(
    population: int, rates: tuple[float, ...], sample: int | None, code: Code
) -> None:
    found = expect(population, rates, sample=sample)

    assert found.refused
    assert found.refused.code is code
    assert found.refused.message
