"""Each attack finds what it is for, in figures that a hurried office could have published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.battery import Verdict, attack
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.subtracting import Attack
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.policies import policy

RULE = policy("casd-hospitalier", on=date(2026, 3, 31))
TOWNS = Dimension.flat("dep", ("A", "B", "C"))
FORMS = Dimension.flat("forme", ("un", "deux", "trois"))
YEARS = Dimension.flat("an", ("2023", "2024"))
AGES = Dimension.flat("age", ("12", "14", "16")).also("14 et plus", ("14", "16"))
ROLES = {"dep": "territory", "an": "time", "age": "person", "forme": "fact"}


def shown(
    release: str, dimensions: list[Dimension], counts: Any, **only: tuple[str, ...]
) -> Published:
    """A table whose cells of 1 to 10 are left blank, and nothing more."""
    table = Table(release, tuple(dimensions), only)
    held = np.array(counts, dtype=np.int64)
    return Published.exact(release, table, held, (held > 0) & (held < 11), dict(ROLES))


def attacked(*tables: Published) -> Verdict:
    return attack(tables, RULE, rng=np.random.default_rng(0))


def test_nothing_is_found_in_a_table_that_hides_enough() -> None:
    verdict = attacked(shown("r", [TOWNS], [60, 40, 9, 11]), shown("s", [FORMS], [60, 20, 22, 18]))

    assert not verdict.sound
    assert attacked(shown("r", [TOWNS], [60, 41, 9, 10])).sound


def test_the_last_cell_of_a_row_is_recovered_by_its_total() -> None:
    verdict = attacked(shown("r", [TOWNS], [60, 40, 16, 4]))

    assert verdict.found[Attack.INTERVAL] == 1
    assert verdict.exact == 1
    assert verdict.narrow == 1


def test_two_releases_that_each_respect_the_threshold_are_subtracted() -> None:
    everybody = shown("tous", [AGES], [31], age=("Total",))
    older = shown("grands", [AGES], [25], age=("14 et plus",))

    assert attacked(everybody).sound
    assert attacked(older).sound
    assert attacked(everybody, older).found[Attack.DIFFERENCING] == 1


def test_this_year_less_last_year_is_a_few_children() -> None:
    before = shown("avant", [YEARS], [20], an=("2023",))
    now = shown("maintenant", [YEARS], [26], an=("Total",))

    assert attacked(before, now).found[Attack.CUMULATIVE] == 1


def test_a_region_less_its_departements_is_one_departement() -> None:
    towns = TOWNS.also("AB", ("A", "B"))
    region = shown("région", [towns], [33], dep=("AB",))
    part = shown("département", [towns], [30], dep=("A",))

    assert attacked(region, part).found[Attack.GEOGRAPHIC] == 1


def test_a_filter_and_no_filter_leave_those_whom_it_leaves_out() -> None:
    both = shown("r", [FORMS], [40, 35], forme=("Total", "un"))

    assert attacked(both).found[Attack.COMPLEMENT] == 1


def test_the_hidden_cells_of_a_row_together_are_a_small_group() -> None:
    verdict = attacked(shown("r", [FORMS], [60, 56, 3, 1]))

    assert verdict.found[Attack.COMPLEMENT] == 1


def test_a_row_with_one_value_says_what_everybody_is() -> None:
    verdict = attacked(shown("r", [FORMS], [25, 25, 0, 0]))

    assert verdict.found[Attack.GROUP] == 1


def test_a_row_with_nearly_one_value_says_it_too() -> None:
    verdict = attacked(shown("r", [FORMS], [1000, 970, 15, 15]))

    assert verdict.found[Attack.HOMOGENEITY] == 1
    assert verdict.found[Attack.GROUP] == 0


def test_what_neighbours_know_already_is_no_secret_of_the_group() -> None:
    verdict = attacked(
        shown("r", [AGES], [50, 50, 0, 0, 0], age=("Total", "12", "14", "16", "14 et plus"))
    )

    assert verdict.found[Attack.GROUP] == 0


def test_figures_blurred_enough_give_nothing_by_subtraction() -> None:
    def around(one: Published, spread: int) -> Published:
        return replace(one, low=np.maximum(one.low - spread, 0), high=one.high + spread)

    everybody = shown("tous", [AGES], [31], age=("Total",))
    older = shown("grands", [AGES], [25], age=("14 et plus",))

    assert attacked(around(everybody, 4), around(older, 4)).sound
    assert not attacked(around(everybody, 1), around(older, 1)).sound


def test_the_verdict_says_how_much_was_tried() -> None:
    verdict = attacked(shown("r", [TOWNS], [60, 40, 16, 4])).as_json()

    assert verdict["attacks"]["interval"] == {"tried": 1, "found": 1}
    assert verdict["hidden_cells"] == 1
    assert verdict["sound"] is False
