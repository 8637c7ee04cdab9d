import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.detect.concerns.home import PARTS, UnreadableAge, age_of, rows_of, unreadable_ages


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("9 ans", 9),
        ("9", 9),
        ("environ 9 ans", 9),
        ("2 ans et demi", 2),
        ("6 mois", 0),
        ("18 mois", 1),
        ("3 semaines", 0),
        ("", None),
    ],
)
def test_an_age_is_read_in_whole_years(typed, age):
    assert age_of(typed) == age


@pytest.mark.parametrize("typed", ["frère", "né en 2017", "12/03/2017", "9-10 ans"])
def test_what_is_no_age_is_never_guessed(typed):
    with pytest.raises(UnreadableAge):
        age_of(typed)
    assert typed in unreadable_ages(f"Tom ; {typed}")[0]


@given(st.lists(st.text("abc1 ", min_size=1).filter(str.strip), min_size=1, max_size=7))
def test_no_part_of_a_line_is_ever_dropped(parts):
    (row,) = rows_of(";".join(parts))

    assert len(row) <= PARTS
    assert [one.strip() for part in row for one in part.split(";")] == [p.strip() for p in parts]
