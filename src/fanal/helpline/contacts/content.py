"""What a record says, read from the answers that it keeps: children, sibling groups, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fanal.helpline.contacts.terms import MOST_CHILDREN, MOST_GROUPS

CHILDREN = "children"
# What of a row says that there is a child in it; its group alone does not.
TELLING = ("given_names", "family_name", "age", "sex", "tie", "situation", "commune")
ADULT = 18


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a contact; ``group`` is the number of their sibling group."""

    given_names: str = ""
    family_name: str = ""
    age: int | None = None
    sex: str = "unknown"
    tie: str = ""
    situation: str = ""
    commune: str = ""
    group: int = 1

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Counts:
    """A contact counted both ways: some count each child, others each sibling group."""

    children: int = 0
    groups: int = 0


def is_child(row: Any) -> bool:
    return isinstance(row, Mapping) and any(_said(row.get(name)) for name in TELLING)


def children_of(content: Mapping[str, Any]) -> list[Child]:
    """Rows in which something is said of a child, in the order in which they were written."""
    rows = content.get(CHILDREN)
    found = rows if isinstance(rows, list) else []
    return [_child(row) for row in found if is_child(row)][:MOST_CHILDREN]


def groups_of(content: Mapping[str, Any]) -> dict[int, list[Child]]:
    """Children by sibling group, the first group first."""
    groups: dict[int, list[Child]] = {}
    for child in children_of(content):
        groups.setdefault(child.group, []).append(child)
    return dict(sorted(groups.items()))


def counts_of(content: Mapping[str, Any]) -> Counts:
    groups = groups_of(content)
    return Counts(sum(map(len, groups.values())), len(groups))


def _child(row: Mapping[str, Any]) -> Child:
    words = {name: str(row.get(name) or "").strip() for name in TELLING if name != "age"}
    words["sex"] = words["sex"] or "unknown"
    return Child(**words, age=_whole(row.get("age")), group=_group(row.get("group")))


def _said(value: Any) -> bool:
    return value == 0 or bool(str(value or "").strip().removeprefix("unknown"))


def _whole(value: Any) -> int | None:
    """An age in years, when one is written; an adult's is no child's age."""
    try:
        age = int(str(value).strip())
    except ValueError:
        return None
    return age if 0 <= age < ADULT else None


def _group(value: Any) -> int:
    try:
        number = int(str(value).strip())
    except ValueError:
        return 1
    return number if 1 <= number <= MOST_GROUPS else 1
