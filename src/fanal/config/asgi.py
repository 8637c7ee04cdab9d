"""One origin: live conversations on the loop, every page on its threads (decisions 0024, 0036)."""

from __future__ import annotations

from http import HTTPStatus

from django.core.wsgi import get_wsgi_application

from fanal.config.bridge import Bridge, Receive, Scope, Send, refuse
from fanal.config.database import set_up_django

set_up_django()

from fanal.config.shelf import Shelf  # noqa: E402 — once Django is set up
from fanal.helpline.chats.live.app import PREFIX, Live  # noqa: E402

# Under the size of the connection pool of settings: a thread never waits for a connection.
THREADS = 4


class Doors:
    def __init__(self) -> None:
        self._pages = Bridge(get_wsgi_application(), threads=THREADS)
        self._shelf = Shelf(self._pages)
        self._live = Live()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_end(receive, send)
        elif scope["type"] != "http":
            await refuse(send, HTTPStatus.NOT_FOUND)
        elif scope["path"].startswith(PREFIX):
            await self._live(scope, receive, send)
        else:
            await self._shelf(scope, receive, send)

    async def _live_and_end(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif event["type"] == "lifespan.shutdown":
                await self._live.close()
                self._pages.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


application = Doors()
