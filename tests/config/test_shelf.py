"""What is kept a few seconds of a page that is the same for all, and what never is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from fanal.config import shelf
from fanal.config.shelf import Shelf

HOST = (b"host", b"exemple.invalid")


class Counted:
    """Pages that say how many were made, and a clock that the test moves."""

    def __init__(self, *, seconds: str = "15", status: int = 200, size: int = 1) -> None:
        self.made, self.moment = 0, 0.0
        self.headers = [(b"content-type", b"text/html"), (b"x-fanal-shared", seconds.encode())]
        self.status, self.size = status, size
        self.during: Callable[[], Any] | None = None
        self.shelf = Shelf(self._page, clock=lambda: self.moment)

    async def _page(self, scope: Any, receive: Any, send: Any) -> None:
        self.made += 1
        mine = self.made
        if self.during is not None:
            during, self.during = self.during, None
            await during()
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"page ", "more_body": True})
        await send({"type": "http.response.body", "body": str(mine).encode() * self.size})

    async def ask(self, *headers: tuple[bytes, bytes], **changed: Any) -> bytes:
        sent: list[dict[str, Any]] = []

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        asked = {"method": "GET", "path": "/", "query_string": b"", "scheme": "http"}
        scope = {"type": "http", "headers": [HOST, *headers], **asked, **changed}
        await self.shelf(scope, None, send)  # type: ignore[arg-type]
        assert all(name != b"x-fanal-shared" for name, _ in sent[0]["headers"])
        assert [event.get("more_body", False) for event in sent[1:]].count(False) == 1
        return b"".join(event["body"] for event in sent[1:])

    def asked(self, *headers: tuple[bytes, bytes], **changed: Any) -> bytes:
        return asyncio.run(self.ask(*headers, **changed))


def test_a_page_is_made_once_then_again_when_its_seconds_are_over() -> None:
    pages = Counted()
    assert [pages.asked(), pages.asked()] == [b"page 1", b"page 1"]
    pages.moment = 15.0
    assert [pages.asked(), pages.asked()] == [b"page 2", b"page 2"]


@pytest.mark.parametrize(
    "named", [(b"cookie", b"sessionid=x"), (b"cookie", b""), (b"authorization", b"Bearer x")]
)
def test_whoever_is_somebody_is_given_nothing_that_was_kept_and_leaves_nothing(
    named: tuple[bytes, bytes],
) -> None:
    pages = Counted()
    assert pages.asked(named) == b"page 1"
    assert pages.asked() == b"page 2"
    assert pages.asked(named) == b"page 3"
    assert pages.asked() == b"page 2"


@pytest.mark.parametrize(
    "changed",
    [{"path": "/a"}, {"query_string": b"d=59"}, {"scheme": "https"}, {"method": "POST"}],
    ids=lambda changed: next(iter(changed)),
)
def test_what_is_asked_otherwise_is_made_apart(changed: dict[str, Any]) -> None:
    pages = Counted()
    assert pages.asked() == b"page 1"
    assert pages.asked(**changed) == b"page 2"


def test_another_name_of_this_site_has_pages_of_its_own() -> None:
    pages = Counted()
    pages.asked((b"x-forwarded-host", b"un.invalid"))
    assert pages.asked((b"x-forwarded-host", b"autre.invalid")) == b"page 2"


@pytest.mark.parametrize(
    "pages",
    [
        Counted(seconds="0"),
        Counted(status=404),
        Counted(status=302),
        Counted(size=shelf.MOST_BYTES),
    ],
    ids=["not shared", "not found", "elsewhere", "too long"],
)
def test_what_is_not_kept(pages: Counted) -> None:
    pages.asked()
    assert pages.asked()[:6] == b"page 2"


def test_an_answer_that_sets_a_cookie_is_kept_for_nobody() -> None:
    pages = Counted()
    pages.headers.append((b"set-cookie", b"sessionid=x"))
    pages.asked()
    assert pages.asked() == b"page 2"


def test_while_one_makes_a_page_again_the_others_are_given_the_last() -> None:
    pages, given = Counted(), []

    async def others() -> None:
        given.append(await pages.ask())
        # Whatever is made now is late: nobody is given what is older than twice its seconds.
        pages.moment = 30.0
        given.append(await pages.ask())

    pages.asked()
    pages.moment, pages.during = 16.0, others
    assert pages.asked() == b"page 2"
    assert given == [b"page 1", b"page 3"]


def test_a_page_that_fails_is_tried_by_whoever_comes_next() -> None:
    pages = Counted()
    pages.asked()
    pages.moment = 16.0

    async def fails() -> None:
        raise RuntimeError

    pages.during = fails
    with pytest.raises(RuntimeError):
        pages.asked()
    assert pages.asked() == b"page 3"


def test_the_oldest_of_too_many_pages_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_PAGES", 2)
    pages = Counted()
    for path in ("/a", "/b", "/c"):
        pages.asked(path=path)
    assert pages.asked(path="/c") == b"page 3"
    assert pages.asked(path="/a") == b"page 4"


def test_a_compressed_page_is_never_given_to_who_cannot_read_it() -> None:
    pages, packed = Counted(), (b"accept-encoding", b"br, gzip")

    first = pages.asked(packed)

    assert pages.asked() != first
    assert pages.asked((b"accept-encoding", b"gzip")) == first
    assert pages.made == 2
