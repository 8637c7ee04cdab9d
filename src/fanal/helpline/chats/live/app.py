"""
The live channel: three addresses, POST alone, no cookie, nothing of who comes is logged.

A key or a token travels in the body: addresses stand in the logs of proxies, bodies do not.
"""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus

import psycopg
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from psycopg_pool import PoolTimeout

from fanal.ground.access.origins import from_our_page
from fanal.helpline.chats.live import listeners, visitors
from fanal.helpline.chats.live.hub import Hub
from fanal.helpline.chats.live.visitors import PEER
from fanal.helpline.chats.live.wire import Gone, Receive, Scope, Send, Unreadable, answer, read_json

logger = logging.getLogger(__name__)
PREFIX = "/direct/"
SAY, FOLLOW, WAIT = "dire", "suivre", "attendre"


class Live:
    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        act = scope["path"].removeprefix(PREFIX).rstrip("/")
        refused = _refusal(scope["method"], act, headers)
        if refused is not None:
            await answer(send, refused)
            return
        try:
            body = await read_json(receive)
            hub = await self._open()
            # No header has this name: where one connects from, for ``blocks/connections`` alone.
            headers[PEER] = (scope.get("client") or ("",))[0]
            if act == SAY:
                await visitors.say(hub, body, send)
            elif act == FOLLOW and "token" in body:
                await listeners.follow(hub, body, receive, send)
            elif act == FOLLOW:
                await visitors.follow(hub, body, headers, receive, send)
            else:
                await visitors.wait(hub, body, headers, receive, send)
        except Gone:
            return
        except Unreadable:
            await answer(send, HTTPStatus.BAD_REQUEST)
        except (psycopg.OperationalError, PoolTimeout):
            # Said to the page, which tries again with the same key and the same number.
            logger.warning("The live channel could not ask the database")
            await _give_up(send)
        except Exception:
            # Ours to write down, discreetly: who serves would print what it says, word for word.
            logger.exception("The live channel failed")
            await _give_up(send)

    async def _open(self) -> Hub:
        """On the first request: a server that nobody asks holds no connection for it."""
        async with self._opening:
            if self._hub is None:
                hub = Hub()
                await hub.start()
                self._hub = hub
        return self._hub

    async def close(self) -> None:
        if self._hub is not None:
            await self._hub.close()


async def _give_up(send: Send) -> None:
    try:
        await answer(send, HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception:  # noqa: BLE001 — a stream that had begun: it ends here
        logger.warning("A stream ended before its time")


def _refusal(method: str, act: str, headers: dict[str, str]) -> HTTPStatus | None:
    if act not in (SAY, FOLLOW, WAIT):
        return HTTPStatus.NOT_FOUND
    if method != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    host, _ = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        return HTTPStatus.BAD_REQUEST
    if settings.SECURE_SSL_REDIRECT and headers.get("x-forwarded-proto") != "https":
        return HTTPStatus.FORBIDDEN
    return None if from_our_page(headers, host=headers["host"]) else HTTPStatus.FORBIDDEN
