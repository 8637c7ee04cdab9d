"""Each child counted once, each sibling group once, and the two agree."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.contacts.content import children_of, counts_of, groups_of
from fanal.helpline.contacts.terms import MOST_CHILDREN, MOST_GROUPS

ANY = st.none() | st.booleans() | st.integers(-3, 30) | st.text(max_size=8) | st.just([])
ROW = st.fixed_dictionaries(
    {},
    optional={
        "given_names": st.sampled_from(["", "Lila", "Tessa"]) | ANY,
        "age": st.integers(0, 17) | ANY,
        "sex": st.sampled_from(["F", "M", "unknown", ""]),
        "group": st.integers(1, MOST_GROUPS) | ANY,
    },
)
CONTENT = st.fixed_dictionaries({"children": st.lists(ROW | ANY, max_size=25)})


@given(CONTENT)
def test_children_of_the_groups_are_the_children(content: dict[str, Any]) -> None:
    counts, groups = counts_of(content), groups_of(content)
    assert counts.children == sum(map(len, groups.values())) == len(children_of(content))
    assert counts.groups == len(groups)
    assert counts.groups <= counts.children <= MOST_CHILDREN
    assert (counts.groups == 0) == (counts.children == 0)
    assert all(1 <= group <= MOST_GROUPS for group in groups)


@given(CONTENT, st.integers(0, 5))
def test_rows_left_empty_are_no_children(content: dict[str, Any], more: int) -> None:
    empty = [{"given_names": " ", "age": "", "sex": "unknown", "group": 3} for _ in range(more)]
    assert counts_of({"children": [*empty, *content["children"]]}) == counts_of(content)


@given(CONTENT)
def test_whatever_is_kept_is_read(content: dict[str, Any]) -> None:
    for one in children_of(content):
        assert one.age is None or 0 <= one.age < 18


def test_two_homes_are_two_groups() -> None:
    rows = [{"given_names": name, "group": group} for name, group in ("a1", "b2", "c1")]
    counts = counts_of({"children": rows})
    assert (counts.children, counts.groups) == (3, 2)


def test_a_child_of_whom_only_the_age_is_known_is_a_child() -> None:
    assert counts_of({"children": [{"age": 0}]}).children == 1
