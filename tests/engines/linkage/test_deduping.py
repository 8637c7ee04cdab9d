"""Records of one person are found without a label, and two persons stay two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.linkage.people import PROFILE, Row, columns, file
from fanal.engines.linkage.deduping import STRONG, Linked, dedupe
from fanal.engines.linkage.persons import group

ROWS, WHOSE = file(400)


@pytest.fixture(scope="module")
def found() -> Linked:
    return dedupe(columns(ROWS), PROFILE)


def test_what_is_strong_is_right_and_most_is_found(found: Linked) -> None:
    whose = np.array(WHOSE)
    right = whose[found.pairs[:, 0]] == whose[found.pairs[:, 1]]
    times = np.bincount(whose)

    assert right[found.probability >= STRONG].mean() >= 0.98
    assert right.sum() >= 0.9 * (times * (times - 1) // 2).sum()


def test_the_number_of_persons_is_near(found: Linked) -> None:
    assert abs(found.persons - 400) <= 40


def test_pairs_are_said_once_the_likeliest_first(found: Linked) -> None:
    assert (found.pairs[:, 0] < found.pairs[:, 1]).all()
    assert len({tuple(pair) for pair in found.pairs.tolist()}) == len(found.pairs)
    assert (np.diff(found.probability) <= 0).all()
    assert found.probability.min() >= 0.5


def test_the_same_seed_gives_the_same_pairs(found: Linked) -> None:
    again = dedupe(columns(ROWS), PROFILE)

    assert (again.pairs == found.pairs).all()
    assert (again.probability == found.probability).all()


def test_what_was_learnt_serves_again(found: Linked) -> None:
    again = dedupe(columns(ROWS), PROFILE, learnt=found.agreement)

    assert (again.pairs == found.pairs).all()


@pytest.mark.parametrize(
    ("column", "cell"), [("alias", ""), ("telephone", ""), ("prenom", "Zélie"), ("commune", "Lens")]
)
def test_a_column_that_is_always_empty_or_the_same_says_nothing(column: str, cell: str) -> None:
    whose = np.array(WHOSE)

    told = dedupe(columns([one | {column: cell} for one in ROWS]), PROFILE)

    right = whose[told.pairs[:, 0]] == whose[told.pairs[:, 1]]
    assert right[told.probability >= STRONG].mean() >= 0.95


def row(prenom: str, nom: str, date: str = "", phone: str = "", town: str = "Lens") -> Row:
    return {
        "prenom": prenom, "nom": nom, "alias": "", "date_naissance": date,
        "telephone": phone, "commune": town,
    }  # fmt: skip


def test_one_wrong_phone_does_not_make_one_person_of_two() -> None:
    first = [row("Capucine", "Chardonnet", "2009-05-12", "0639981111") for _ in range(3)]
    second = [row("Octave", "Quillebeuf", "2011-02-23", "0639982222", "Pau") for _ in range(3)]
    wrong = [row("Octave", "Quillebeuf", "2011-02-23", "0639981111", "Pau")]

    found = dedupe(columns([*ROWS, *first, *second, *wrong]), PROFILE)
    size = len(ROWS)
    mine = set(range(size, size + 3))
    across = [
        pair for pair in found.pairs.tolist() if len(set(pair) & mine) == 1 and min(pair) >= size
    ]

    assert across == []
    assert [size + 3, size + 6] in found.pairs.tolist()


def test_a_year_alone_does_not_hide_a_swap_of_names() -> None:
    two = [
        row("Zélie", "Prudhommeau", "2008-01-01", "0639983333"),
        row("Prudhommeau", "Zelie", "2008-09-17", "0639983333"),
    ]

    found = dedupe(columns([*ROWS, *two]), PROFILE)

    assert [len(ROWS), len(ROWS) + 1] in found.pairs.tolist()


def test_pairs_between_two_files_alone_are_kept(found: Linked) -> None:
    first = len(ROWS) // 2

    across = found.between(first)

    assert 0 < len(across.pairs) < len(found.pairs)
    assert (across.pairs[:, 0] < first).all()
    assert (across.pairs[:, 1] >= first).all()


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                column: st.one_of(st.just(""), st.text(max_size=8), st.just("2010-13-45"))
                for column in PROFILE.columns
            }
        ),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_cell_is_a_cell(rows: list[Row]) -> None:
    found = dedupe(columns(rows), PROFILE)

    assert ((found.probability >= 0.5) & (found.probability <= 1.0)).all()
    of = group(len(rows), found.pairs, found.probability)
    assert len(of) == len(rows)
