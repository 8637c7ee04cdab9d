"""What was found is asked for first; when it is there no more, everybody is asked anew."""

from __future__ import annotations

from typing import Any

import pytest

from browser import find
from browser.find import FRAGMENT, REDIRECT, SCREEN, Found


class Window:
    """What each visitor is given at each address."""

    def __init__(self, given: dict[str, str]) -> None:
        self.given = given


class Visitors:
    def __init__(self, **given: dict[str, str]) -> None:
        self.windows = {name: Window(one) for name, one in given.items()}

    def window_of(self, name: str) -> Any:
        return self.windows.get(name)

    def for_view(self, view: Any) -> list[tuple[str, Any]]:
        return list(self.windows.items())

    def let_in(self, name: str) -> None:
        """The order is of no matter here."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Who asked for what, in order."""
    asked: list[tuple[str, str]] = []

    def met(route: str, address: str, name: str, client: Window) -> Found:
        asked.append((name, address))
        return Found(route, address, name, client.given.get(address, REDIRECT))

    monkeypatch.setattr(find, "_met", met)
    monkeypatch.setattr(find, "_addresses", lambda route, view: iter(["/a/", "/b/"]))
    return asked


def test_who_gets_in_is_found_with_the_rank_of_the_thing() -> None:
    found = find._find("x/", None, Visitors(nadia={"/b/": SCREEN}))  # type: ignore[arg-type]

    assert (found.account, found.address, found.rank) == ("nadia", "/b/", 1)


def test_the_same_visitor_is_asked_first_and_alone(asked: list[tuple[str, str]]) -> None:
    visitors = Visitors(omar={}, nadia={"/b/": SCREEN})
    found = find._again("x/", None, visitors, ["nadia", 1, SCREEN])  # type: ignore[arg-type]

    assert found is not None
    assert (found.account, found.rank, asked) == ("nadia", 1, [("nadia", "/b/")])


@pytest.mark.parametrize(
    "known",
    [None, ["gone", 1, SCREEN], ["nadia", 7, SCREEN], ["nadia", 1, FRAGMENT], ["omar", 1, SCREEN]],
    ids=["new", "no such visitor", "no such thing", "another kind", "let in no more"],
)
def test_what_is_there_no_more_is_looked_for_anew(known: Any) -> None:
    visitors = Visitors(omar={}, nadia={"/b/": SCREEN})

    assert find._again("x/", None, visitors, known) is None  # type: ignore[arg-type]
