"""What nobody foresaw, on the live channel: an answer all the same, and no word in a log."""

from __future__ import annotations

import asyncio
import json
import logging
from uuid import uuid4

import pytest

from fanal.config.logs import Discreet
from fanal.helpline.chats.keys import new_key
from fanal.helpline.chats.live.app import Live
from fanal.helpline.chats.live.hub import Hub
from fanal.helpline.chats.live.wire import Event

SAID = "zygomatique"


class Quoting:
    """As PostgreSQL does, which quotes the row that it refuses."""

    async def one(self, call: object) -> None:
        raise ValueError(f"Failing row contains ({SAID}): {call}")


def test_a_failure_is_answered_and_its_words_are_in_no_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, sent = Live(), []
    hub = Hub()
    monkeypatch.setattr(hub, "database", Quoting())
    monkeypatch.setattr(live, "_hub", hub)
    body = json.dumps({"key": new_key(), "text": SAID, "id": str(uuid4())}).encode()

    async def receive() -> Event:
        return {"type": "http.request", "body": body}

    async def send(event: Event) -> None:
        sent.append(event)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/direct/dire",
        "headers": [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin")],
    }
    with caplog.at_level(logging.ERROR):
        asyncio.run(live(scope, receive, send))

    assert [event.get("status") for event in sent] == [503, None]
    written = [Discreet("%(name)s %(message)s").format(record) for record in caplog.records]
    assert any("ValueError" in one for one in written)
    assert not any(SAID in one for one in written)
