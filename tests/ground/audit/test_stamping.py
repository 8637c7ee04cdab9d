"""Stamps of a third party: real tokens, verified by the code that runs in service."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from fanal.ground.audit.stamping import BadStamp, Rfc3161Stamper, StampRefused, stamp_time
from ground.audit.authority import Authority, authority

ROOT = bytes(range(32))


@contextmanager
def answering(answer: bytes | Authority) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            said = answer.answer(question) if isinstance(answer, Authority) else answer
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_an_authority_stamps_and_its_stamp_tells_the_time() -> None:
    with answering(authority()) as url:
        stamp = Rfc3161Stamper(url, (authority().root,)).stamp(ROOT)

    assert stamp is not None
    told = stamp_time(stamp, root=ROOT, roots=(authority().root,))
    assert abs(told - datetime.now(tz=UTC)) < timedelta(minutes=1)


def test_a_stamp_of_something_else_or_of_somebody_else_is_refused() -> None:
    stamp = authority().stamp(ROOT)
    with pytest.raises(BadStamp):
        stamp_time(stamp, root=bytes(32), roots=(authority().root,))
    with pytest.raises(BadStamp):
        stamp_time(stamp, root=ROOT, roots=(authority("Un autre").root,))


def test_a_stamp_with_one_bit_changed_is_refused() -> None:
    """Of what it says, and of its signature."""
    stamp = authority().stamp(ROOT)
    for place in (stamp.index(sha256(ROOT).digest()), len(stamp) - 1):
        spoilt = bytearray(stamp)
        spoilt[place] ^= 1
        with pytest.raises(BadStamp):
            stamp_time(bytes(spoilt), root=ROOT, roots=(authority().root,))


@pytest.mark.parametrize("answer", [b"", b"<html>", authority().stamp(b"autre")])
def test_an_answer_that_is_no_stamp_is_refused(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(StampRefused):
        Rfc3161Stamper(url, (authority().root,)).stamp(ROOT)


def test_an_authority_that_is_away_is_said() -> None:
    with answering(b"") as url:
        pass
    with pytest.raises(StampRefused):
        Rfc3161Stamper(url, (authority().root,)).stamp(ROOT)
