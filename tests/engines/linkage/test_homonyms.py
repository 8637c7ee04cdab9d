"""People of the same names are counted by their dates, and names alone then say less."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.linkage.people import PROFILE, columns, file, person
from fanal.engines.linkage.dates import DateLevel
from fanal.engines.linkage.deduping import STRONG, dedupe
from fanal.engines.linkage.encoding import LEVELS, encode
from fanal.engines.linkage.homonyms import MOST, homonyms_of

FIELDS = 6
ENCODED = encode(columns(file(400, seed=3)[0]), PROFILE)
SAME = np.full((FIELDS, LEVELS), 0.02)
STRANGERS = np.full((FIELDS, LEVELS), 0.001)
STRANGERS[2, DateLevel.OTHER] = 0.95
MISSING = -1


def names(one: int, two: int, undated: int = 0) -> np.ndarray:
    """Levels of pairs of the same names: given, family, date, three codes."""
    rows = [[0, 0, DateLevel.EXACT, 1, 0, 1]] * one
    rows += [[0, 0, DateLevel.OTHER, 1, 1, 1]] * two
    rows += [[0, 0, MISSING, 1, 0, 1]] * undated
    return np.array(rows, dtype=np.int8).reshape(-1, FIELDS)


def homonyms(levels: np.ndarray, key: tuple[str, ...] = ("names",)) -> float:
    return homonyms_of(ENCODED, [(key, levels)], SAME, STRANGERS)


def test_one_birthday_for_each_name_shows_no_homonym() -> None:
    assert homonyms(names(one=300, two=0)) == 0.0
    assert homonyms(names(one=980, two=20)) == pytest.approx(0.0, abs=0.01)


def test_the_more_names_have_two_birthdays_the_more_homonyms_there_are() -> None:
    assert 0.0 < homonyms(names(300, 60)) < homonyms(names(300, 120)) < MOST


def test_those_without_a_date_are_reckoned_like_the_others() -> None:
    dated, half = homonyms(names(300, 60)), homonyms(names(300, 60, undated=360))

    assert half == pytest.approx(2 * dated, abs=0.01)


def test_another_key_and_a_file_without_dates_show_none() -> None:
    assert homonyms(names(300, 120), ("date",)) == 0.0
    assert homonyms(names(0, 0, undated=50)) == 0.0


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.integers(0, 2_000))
def test_no_name_is_ever_everybodys(one: int, two: int, undated: int) -> None:
    assert 0.0 <= homonyms(names(one, two, undated)) <= MOST


def test_two_of_one_name_are_not_one_for_their_name_alone() -> None:
    draw = random.Random(7)  # noqa: S311
    rows, of = [], []
    for place in range(300):
        first = person(draw)
        bearers = [first, person(draw) | {name: first[name] for name in ("prenom", "nom")}]
        for bearer, one in enumerate(bearers):
            for _ in range(draw.choice((1, 2, 3))):
                unsaid = {field: "" for field in ("telephone", "alias") if draw.random() < 0.5}
                undated = {"date_naissance": ""} if draw.random() < 0.3 else {}
                rows.append(one | unsaid | undated)
                of.append((place, bearer))

    found = dedupe(columns(rows), PROFILE)

    alike = [of[one] == of[other] for one, other in found.pairs[found.probability >= STRONG]]
    there = sum(one == other for one, other in combinations(of, 2))
    assert np.mean(alike) > 0.98
    assert sum(alike) > 0.6 * there
