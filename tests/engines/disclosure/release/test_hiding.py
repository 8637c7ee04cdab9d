"""Hiding until no attack succeeds, with the releases that are already out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.disclosure.attacks.battery import attack
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.policies import policy
from fanal.engines.disclosure.release.hiding import Hidden, hide_until_safe
from sizes import size

SPRING = date(2026, 3, 31)
RULE = policy("casd-hospitalier", on=SPRING)
DEP = Dimension.flat("dep", ("A", "B", "C", "D"))
FORM = Dimension.flat("forme", ("un", "deux", "trois"))
AGE = Dimension.flat("age", ("12", "14", "16")).also("14 et plus", ("14", "16"))
ROLES = {"dep": "territory", "age": "person", "forme": "fact"}


def table_of(release: str, people: npt.NDArray[np.int64], *axes: int, **only: Any) -> Published:
    """A table of people given by département, form and age, small cells hidden."""
    dimensions = (DEP, FORM, AGE)
    shape = Table(release, tuple(dimensions[a] for a in axes), only)
    counts = people.sum(axis=tuple(a for a in range(3) if a not in axes))
    for place, dimension in enumerate(shape.dimensions):
        masks = [dimension.mask(code) for code in shape.codes(dimension)]
        held = np.array([[m >> i & 1 for i in range(len(dimension.atoms))] for m in masks])
        counts = np.moveaxis(np.tensordot(held, counts, (1, place)), 0, place)
    return Published.exact(release, shape, counts, (counts > 0) & (counts < 11), dict(ROLES))


def made_safe(earlier: list[Published], *new: Published) -> Hidden:
    return hide_until_safe(earlier, new, RULE, rng=np.random.default_rng(0))


def history(people: npt.NDArray[np.int64]) -> list[Published]:
    out: list[Published] = []
    for one in (
        table_of("formes", people, 0, 1),
        table_of("âges", people, 0, 2, age=("Total", "12", "14", "16")),
        table_of("grands", people, 0, 1, 2, age=("14 et plus",)),
        table_of("tous", people, 0),
    ):
        done = made_safe(out, one)
        # A release that cannot be made safe is refused, and the next is tried without it.
        out += done.tables if done.verdict.sound else ()
        assert done.verdict.sound or out
    return out


@settings(max_examples=size(6, 15), deadline=None)
@given(seed=st.integers(0, 10_000), mean=st.sampled_from([1.0, 4.0, 12.0]))
def test_whatever_the_people_no_attack_on_the_whole_history_succeeds(
    seed: int, mean: float
) -> None:
    rng = np.random.default_rng(seed)
    people = rng.poisson(mean * rng.pareto(1.3, (4, 3, 3)))

    verdict = attack(history(people), RULE, rng=np.random.default_rng(1), enough=False)

    assert verdict.sound, verdict
    assert verdict.exact == verdict.narrow == 0


def test_what_is_shown_is_true_and_what_is_out_never_changes() -> None:
    people = np.random.default_rng(3).poisson(9, (4, 3, 3))
    first = made_safe([], table_of("formes", people, 0, 1)).tables[0]
    before = first.hidden.copy()
    wanted = table_of("grands", people, 0, 1, 2, age=("14 et plus",))
    second = made_safe([first], wanted).tables[0]

    assert (first.hidden == before).all()
    assert (second.hidden >= wanted.hidden).all()
    assert (second.low == wanted.low)[~second.hidden].all()


def test_a_safe_table_is_left_as_it_is() -> None:
    people = np.full((4, 3, 3), 30)
    done = made_safe([], table_of("formes", people, 0, 1))

    assert done.added == 0
    assert not done.tables[0].hidden.any()


def test_what_is_already_out_and_betrays_cannot_be_mended() -> None:
    people = np.full((4, 3, 3), 12)
    people[0] = [[1, 1, 1], [10, 10, 10], [10, 10, 10]]
    unprotected = table_of("formes", people, 0, 1)

    done = made_safe([unprotected], table_of("tous", people, 0))

    assert not done.verdict.sound


def test_a_group_with_one_value_is_no_longer_shown_to_have_it() -> None:
    people = np.full((4, 3, 3), 12)
    people[1, 1:] = 0
    done = made_safe([], table_of("formes", people, 0, 1))

    assert done.verdict.sound
    row = done.tables[0].hidden[2]
    assert row[1]
    assert row[2:].any() or row[0]


def test_dominated_cells_stay_hidden_and_are_not_recovered() -> None:
    people = np.full((4, 3, 3), 12)
    wanted = table_of("formes", people, 0, 1)
    hidden = wanted.hidden.copy()
    hidden[2, 2] = True
    wanted = replace(
        wanted, hidden=hidden, low=np.where(hidden, 0, wanted.low),
        high=np.where(hidden, np.inf, wanted.high),
    )  # fmt: skip
    done = made_safe([], wanted)

    assert done.verdict.sound
    assert done.tables[0].hidden[2, 2]
    assert done.added >= 3
