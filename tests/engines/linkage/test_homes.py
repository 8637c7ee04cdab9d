"""Sisters are seen in the pairs that share a phone, and do not teach that given names change."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.linkage.people import PROFILE, columns, file, person
from fanal.engines.linkage.deduping import STRONG, dedupe
from fanal.engines.linkage.encoding import FAMILY, GIVEN, LEVELS, encode
from fanal.engines.linkage.homes import (
    MOST_RELATIVES,
    MOST_TWINS,
    RELATIVES,
    TWINS,
    Homes,
    homes_of,
)
from fanal.engines.linkage.learning import never_oftener_renamed
from fanal.engines.linkage.words import WordLevel

UNLIKE = ("Capucine", "Barnabé", "Hortense", "Octave", "Philomène", "Gaspard")
FIELDS = 6
OTHER_DATE = LEVELS - 1
ENCODED = encode(columns(file(400, seed=3)[0]), PROFILE)
SAME = np.full((FIELDS, LEVELS), 0.02)
STRANGERS = np.full((FIELDS, LEVELS), 0.001)


def phones(near: int, sisters: int, twins: int = 0) -> np.ndarray:
    """Levels of pairs that share a phone and a family name: given, family, date, three codes."""
    one = [0, 0, 0, 1, 0, 1]
    sister = [WordLevel.OTHER, 0, OTHER_DATE, 1, 0, 1]
    twin = [WordLevel.OTHER, 0, 0, 1, 0, 1]
    rows = [one] * near + [sister] * sisters + [twin] * twins
    return np.array(rows, dtype=np.int8).reshape(-1, FIELDS)


def homes(levels: np.ndarray, key: tuple[str, ...] = ("telephone",)) -> Homes:
    return homes_of(ENCODED, [(key, levels)], SAME, STRANGERS)


def test_a_file_that_shows_no_sister_has_those_that_are_believed() -> None:
    assert homes(phones(near=200, sisters=0)) == Homes(RELATIVES, TWINS)
    assert homes(phones(near=0, sisters=0)) == Homes(RELATIVES, TWINS)


def test_the_more_sisters_are_seen_the_more_there_are() -> None:
    few, many = homes(phones(200, 90)), homes(phones(200, 150))

    assert RELATIVES < few.relatives < many.relatives < MOST_RELATIVES
    assert few.twins == many.twins == TWINS


def test_twins_are_seen_by_their_one_birthday() -> None:
    seen = homes(phones(200, sisters=300, twins=100))

    assert seen.twins == pytest.approx(0.25, abs=0.03)


def test_one_person_called_otherwise_now_and_then_is_no_sister() -> None:
    assert homes(phones(near=1000, sisters=0, twins=20)) == Homes(RELATIVES, TWINS)


def test_a_key_that_is_no_single_code_tells_nothing_of_homes() -> None:
    assert homes(phones(200, 200), ("date",)) == Homes(RELATIVES, TWINS)
    assert homes(phones(200, 200), ("alias", "commune")) == Homes(RELATIVES, TWINS)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_nothing_is_ever_certain_of_a_home(near: int, sisters: int, twins: int) -> None:
    seen = homes(phones(near, sisters, twins))

    assert RELATIVES <= seen.relatives <= MOST_RELATIVES
    assert TWINS <= seen.twins <= MOST_TWINS


@given(st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_given_name_never_changes_oftener_than_a_family_name(first: float, last: float) -> None:
    same = np.zeros((FIELDS, LEVELS))
    for row, renamed in ((GIVEN, first), (FAMILY, last)):
        same[row, 0], same[row, WordLevel.OTHER] = 1.0 - renamed, renamed

    told = never_oftener_renamed(same)

    assert told[GIVEN, WordLevel.OTHER] <= told[FAMILY, WordLevel.OTHER]
    assert told[GIVEN].sum() == pytest.approx(1.0)


def test_sisters_of_one_birthday_are_two_in_a_file_without_a_slip() -> None:
    draw = random.Random(5)  # noqa: S311
    rows, of = [], []
    for home in range(300):
        first = person(draw) | {"telephone": f"01990{home:05}", "alias": ""}
        for given_name in draw.sample(UNLIKE, 2):
            for _ in range(draw.choice((1, 2, 3))):
                unsaid = {"telephone": ""} if draw.random() < 0.5 else {}
                rows.append(first | {"prenom": given_name} | unsaid)
                of.append((home, given_name))

    found = dedupe(columns(rows), PROFILE)

    alike = [of[one] == of[other] for one, other in found.pairs[found.probability >= STRONG]]
    there = sum(one == other for one, other in combinations(of, 2))
    assert np.mean(alike) > 0.98
    assert sum(alike) > 0.7 * there
