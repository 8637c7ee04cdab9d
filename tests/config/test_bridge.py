"""Pages of WSGI inside an ASGI server: whole, in pieces, sent slowly, never finished."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from django.http import FileResponse

from fanal.config.bridge import AWAITED, Bridge

Environ = dict[str, Any]


def scope(**changed: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "path": "/dossiers/é",
        "query_string": b"a=1&b=%C3%A9",
        "http_version": "1.1",
        "scheme": "https",
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 1234),
        "headers": [(b"host", b"exemple.invalid")],
    } | changed


def asked(
    application: Callable[..., Any],
    *pieces: bytes,
    headers: list[tuple[bytes, bytes]] | None = None,
    **changed: Any,
) -> list[dict[str, Any]]:
    """What was sent for one request whose body comes in these pieces."""

    async def run() -> list[dict[str, Any]]:
        bridge = Bridge(application, threads=2)
        left = list(pieces) or [b""]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if not left:
                return {"type": "http.disconnect"}
            body = left.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(left)}

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        known = [(b"host", b"exemple.invalid"), *(headers or [])]
        await bridge(scope(headers=known, **changed), receive, send)
        bridge.close()
        return sent

    return asyncio.run(run())


def told(sent: list[dict[str, Any]]) -> tuple[int, bytes]:
    assert [event["type"] for event in sent[1:]] == ["http.response.body"] * (len(sent) - 1)
    assert [event.get("more_body", False) for event in sent[1:]] == [
        *[True] * (len(sent) - 2),
        False,
    ]
    return sent[0]["status"], b"".join(event["body"] for event in sent[1:])


def test_a_page_sees_what_pep_3333_says() -> None:
    seen: Environ = {}

    def page(environ: Environ, start: Any) -> list[bytes]:
        seen.update(environ)
        start("200 OK", [("X-One", "1")])
        return [b"page"]

    cookies = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y")]
    assert told(asked(page, headers=cookies)) == (200, b"page")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/dossiers/é"
    assert seen["QUERY_STRING"] == "a=1&b=%C3%A9"
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("192.0.2.7", "https")
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_ACCEPT"] == "x,y"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    seen: Environ = {}

    def page(environ: Environ, start: Any) -> list[bytes]:
        seen.update(environ)
        start("204 No Content", [])
        return []

    false = [(b"x-forwarded-for", b"198.51.100.1"), (b"x_forwarded_for", b"203.0.113.9")]
    assert told(asked(page, headers=false)) == (204, b"")
    assert seen["HTTP_X_FORWARDED_FOR"] == "198.51.100.1"


@pytest.mark.parametrize("length", [5, AWAITED + 1])
def test_a_body_is_read_whether_awaited_or_asked_for(length: int) -> None:
    def page(environ: Environ, start: Any) -> list[bytes]:
        start("200 OK", [])
        found = environ["wsgi.input"].read(length)
        return [str(len(found)).encode(), b"/", found[-1:]]

    body = b"a" * (length - 1) + b"z"
    middle = length // 2
    sent = asked(
        page,
        body[:middle],
        body[middle:],
        method="POST",
        headers=[(b"content-length", str(length).encode())],
    )
    assert told(sent) == (200, f"{length}/z".encode())


def test_what_comes_in_pieces_leaves_in_pieces_and_is_closed() -> None:
    closed: list[bool] = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"un", b"", b"deux", b"trois"])

        def close(self) -> None:
            closed.append(True)

    def page(environ: Environ, start: Any) -> Pieces:
        start("200 OK", [])
        return Pieces()

    sent = asked(page)
    assert told(sent) == (200, b"undeuxtrois")
    assert len(sent) == 4
    assert closed == [True]


def test_who_leaves_before_the_end_of_their_body_calls_no_page() -> None:
    called: list[bool] = []

    def page(environ: Environ, start: Any) -> list[bytes]:
        called.append(True)
        start("200 OK", [])
        return [b""]

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(event: dict[str, Any]) -> None:
            raise AssertionError(event)

        bridge = Bridge(page, threads=1)
        headers = [(b"content-length", b"10")]
        await bridge(scope(method="POST", headers=headers), receive, send)
        bridge.close()

    asyncio.run(run())
    assert called == []


def test_what_was_being_sent_is_closed_when_who_asked_is_gone() -> None:
    """A long file is on the disk while it leaves: no longer than that."""
    file = SpooledTemporaryFile(1)  # noqa: SIM115 — the answer closes it
    file.write(b"a" * 3 * FileResponse.block_size)
    file.seek(0)

    def page(environ: Environ, start: Any) -> Any:
        start("200 OK", [])
        return FileResponse(file)

    async def run() -> int:
        bridge, sent = Bridge(page, threads=1), 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(event: dict[str, Any]) -> None:
            nonlocal sent
            sent += 1
            if sent > 1:
                raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            await bridge(scope(), receive, send)
        bridge.close()
        return sent

    assert asyncio.run(run()) == 2
    assert file.closed


def test_a_thread_keeps_its_own_from_one_request_to_the_next() -> None:
    """As under WSGI: the connection of a thread is found again by the next request."""
    kept = threading.local()

    def page(environ: Environ, start: Any) -> list[bytes]:
        kept.count = getattr(kept, "count", 0) + 1
        start("200 OK", [])
        return [str(kept.count).encode()]

    async def run() -> list[bytes]:
        bridge, bodies = Bridge(page, threads=1), []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(event: dict[str, Any]) -> None:
            bodies.append(event.get("body", b""))

        for _ in range(3):
            await bridge(scope(), receive, send)
        bridge.close()
        return [body for body in bodies if body]

    assert asyncio.run(run()) == [b"1", b"2", b"3"]


def test_a_page_that_fails_is_a_failure_of_the_server() -> None:
    def page(environ: Environ, start: Any) -> list[bytes]:
        raise io.UnsupportedOperation

    with pytest.raises(io.UnsupportedOperation):
        asked(page)
