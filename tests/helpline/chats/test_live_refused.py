"""What the live channel refuses before it asks the database anything."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

import pytest

from fanal.helpline.chats.live.app import Live

OURS = {"host": "testserver", "sec-fetch-site": "same-origin"}
REFUSED = {
    "another site, by its own word": ("POST", "dire", OURS | {"sec-fetch-site": "cross-site"}),
    "a site beside ours": ("POST", "dire", OURS | {"sec-fetch-site": "same-site"}),
    "an older browser": (
        "POST",
        "suivre",
        {"host": "testserver", "origin": "https://ailleurs.test"},
    ),
}


async def status(method: str, act: str, headers: dict[str, str]) -> int:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        raise AssertionError("its body was read")

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"method": method, "path": f"/direct/{act}", "headers": named, "client": None}
    await Live()(scope, receive, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize(("method", "act", "headers"), REFUSED.values(), ids=REFUSED)
def test_what_another_site_sends_is_refused_unread(
    method: str, act: str, headers: dict[str, str]
) -> None:
    assert asyncio.run(status(method, act, headers)) == HTTPStatus.FORBIDDEN
