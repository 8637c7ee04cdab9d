"""Territories told together: none without an answer, and they add up to the country."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.population import CaptureTable, Code, from_counts
from fanal.engines.population.strata.pooling import Length
from fanal.engines.population.strata.territories import Territories, estimate

RATES = np.array([0.08, 0.14, 0.11, 0.07])
ENDS = ("lower", "upper")
QUICK = Length(chains=2, burn=400, kept=700, thin=2)


def country(
    seed: int,
    *,
    people: int = 4000,
    territories: int = 40,
    tie: float = 0.0,
    shared: float = 0.0,
) -> tuple[np.ndarray, dict[str, CaptureTable]]:
    """People by territory, of sizes as unequal as Pareto's, and what four lists see of them."""
    rng = np.random.default_rng(seed)
    share = rng.pareto(1.3, territories) + 0.15
    sizes = rng.multinomial(people, share / share.sum())
    histories = np.arange(16)
    bits = histories[:, None] >> np.arange(4) & 1
    tables = {}
    for number, size in enumerate(sizes):
        rates = np.clip(RATES * np.exp(rng.normal(0, 0.5, 4) + rng.normal(0, shared)), 0, 0.8)
        odds = np.exp(bits @ np.log(rates / (1 - rates)) + tie * bits[:, 0] * bits[:, 1])
        counts = rng.multinomial(size, odds / odds.sum())
        tables[f"T{number}"] = CaptureTable(tuple("ABCD"), (0, *map(int, counts[1:])))
    return sizes, tables


@pytest.fixture(scope="module")
def told() -> tuple[np.ndarray, dict[str, CaptureTable], Territories]:
    sizes, tables = country(100)
    return sizes, tables, estimate(tables, length=QUICK)


def test_no_territory_is_without_an_answer_even_those_where_lists_share_nobody(
    told: tuple[np.ndarray, dict[str, CaptureTable], Territories],
) -> None:
    sizes, tables, found = told
    estimates = np.array([one.estimate for one in found.territories])
    large = sizes >= 20

    assert any(table.on_several() == 0 for table in tables.values())
    assert [one.name for one in found.territories] == list(tables)
    assert np.sqrt((np.log(estimates[large] / sizes[large]) ** 2).mean()) < 0.35
    held = [
        one.lower <= size <= one.upper for one, size in zip(found.territories, sizes, strict=True)
    ]
    assert np.mean(held) >= 0.85


def test_territories_add_up_to_the_country_exactly(
    told: tuple[np.ndarray, dict[str, CaptureTable], Territories],
) -> None:
    sizes, _, found = told

    assert found.national.estimate == sum(one.estimate for one in found.territories)
    assert found.national.lower
    assert found.national.upper
    assert found.national.lower < sizes.sum() < found.national.upper
    assert found.national.model == "[1;2;3;4]"


def test_a_territory_where_nobody_was_seen_is_told_by_the_others_and_says_so() -> None:
    _, tables = country(100)
    tables["empty"] = CaptureTable(tuple("ABCD"), (0,) * 16)
    found = estimate(tables, length=QUICK)
    empty = found.territories[-1]

    assert empty.prior_dominated
    assert empty.upper > empty.estimate > 0
    assert "dont on ne sait rien" in empty.note
    assert "ne se classent pas" in found.warnings[0]
    largest = max(found.territories, key=lambda one: one.observed)
    assert not largest.prior_dominated
    assert largest.contraction > 0.9


def test_a_small_territory_leans_on_the_others() -> None:
    """Alone, one overlap out of few people says nothing; its interval stays a useful one."""
    _, tables = country(100)
    tables["small"] = from_counts(
        "ABCD", [((1, 0, 0, 0), 3), ((0, 1, 0, 0), 5), ((0, 0, 1, 0), 4), ((0, 0, 0, 1), 2)]
    )
    small = estimate(tables, length=QUICK).territories[-1]

    assert "autres territoires" in small.note
    assert 14 < small.lower < small.estimate < small.upper < 200


def test_lists_that_the_whole_country_ties_are_found() -> None:
    sizes, tables = country(200, people=8000, tie=1.3)
    found = estimate(tables, length=QUICK)

    assert found.national.model == "[12;3;4]"
    assert found.national.details["interactions"]["1-2"] == pytest.approx(1.3, abs=0.5)
    assert found.national.lower
    assert found.national.upper
    assert found.national.lower < sizes.sum() < found.national.upper


def test_territories_where_all_lists_see_less_are_not_told_too_small() -> None:
    sizes, tables = country(203, people=8000, shared=0.5)
    found = estimate(tables, length=QUICK)

    assert found.national.details["shared_spread"] > 0.25
    assert found.national.lower
    assert found.national.upper
    assert found.national.lower < sizes.sum() < found.national.upper


def test_the_same_seed_gives_the_same_answer_and_no_number_is_missing() -> None:
    _, tables = country(3, people=1500, territories=15)
    one, other = (estimate(tables, length=QUICK, seed=4) for _ in range(2))

    assert one == other
    json.dumps(one.as_json(), allow_nan=False)


def test_a_list_that_saw_nobody_is_left_out_and_named() -> None:
    _, tables = country(3, people=1500, territories=15)
    more = {
        name: CaptureTable((*table.lists, "vide"), (*table.counts, *[0] * 16))
        for name, table in tables.items()
    }
    found = estimate(more, length=QUICK, seed=4)

    assert found.national.estimate == estimate(tables, length=QUICK, seed=4).national.estimate
    assert "vide" in found.warnings[-1]


# The first chain compiles.
@settings(deadline=None, max_examples=25)
@given(counts=st.lists(st.lists(st.integers(0, 30), min_size=7, max_size=7), max_size=5))
def test_whatever_was_seen_an_answer_is_finite_or_refused(counts: list[list[int]]) -> None:
    tables = {str(i): CaptureTable(tuple("ABC"), (0, *row)) for i, row in enumerate(counts)}
    found = estimate(tables, length=Length(chains=2, burn=100, kept=300, thin=1))

    json.dumps(found.as_json(), allow_nan=False)
    for one in found.territories:
        assert one.observed <= one.lower <= one.upper


def code(tables: dict[str, CaptureTable]) -> Code:
    found = estimate(tables, length=QUICK)
    assert found.national.refused
    assert not found.territories
    return found.national.refused.code


def test_refusals_have_their_code() -> None:
    apart = from_counts("ABC", [((1, 0, 0), 9), ((0, 1, 0), 8), ((0, 0, 1), 7)])
    few = from_counts("ABC", [((1, 1, 0), 2), ((0, 1, 1), 1), ((1, 0, 0), 9), ((0, 0, 1), 9)])
    hidden = CaptureTable(tuple("ABC"), (0, 5) + (1,) * 6, (0, 1) + (1,) * 6, (0, 10) + (1,) * 6)
    two = from_counts("AB", [((1, 1), 20), ((1, 0), 9)])
    never = CaptureTable(few.lists, few.counts, impossible=frozenset({7}))

    assert code({}) is Code.STRATA_OUT_OF_RANGE
    assert code({"one": few}) is Code.STRATA_OUT_OF_RANGE
    assert code({"one": apart, "two": apart}) is Code.NO_OVERLAP
    assert code({"one": few, "two": few}) is Code.PRIOR_DOMINATED
    assert code({"one": hidden, "two": few}) is Code.NOT_FOR_PROTECTED_CELLS
    assert code({"one": two, "two": two}) is Code.TOO_FEW_LISTS
    assert code({"one": never, "two": few}) is Code.NOT_FOR_IMPOSSIBLE_HISTORIES
