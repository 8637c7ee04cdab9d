"""One person, or one program, who asks the served house one thing after the other."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage
from random import Random
from typing import Any
from urllib.parse import urlencode

from walls.crashes.desk import Desk, Try
from walls.crashes.house import House

HOST = "127.0.0.1"
PATIENCE = 30.0
CSRF = "c" * 32
FAILED = 500
# The proof of who one is lasts five minutes: nobody comes near.
SESSION_SECONDS = 180.0
ENTERED = "session.open:done"
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    to: str
    headers: HTTPMessage
    body: bytes


class Asker(threading.Thread):
    """``who`` is as the traces name it: an address, or ``org:`` and a name."""

    def __init__(self, house: House, desk: Desk, *, port: int, who: str, seed: str) -> None:
        super().__init__(name=who, daemon=True)
        self.house, self.desk, self.who = house, desk, who
        self.draw = Random(f"{seed} {who}")  # noqa: S311
        self.cookie = ""
        self.entered_at = 0.0
        self._port = port
        self._number = 0

    def acts(self) -> list[Act]:
        """What is done here, each as often as it is named."""
        raise NotImplementedError

    def run(self) -> None:
        try:
            while True:
                with self.desk.let_in() as entered:
                    if not entered:
                        return
                    self.act()
        except BaseException as failure:
            self.desk.note_odd(f"{self.name}: {failure!r}")
            raise

    def act(self) -> None:
        signs_in = self.who in self.house.agents
        if signs_in and time.monotonic() - self.entered_at > SESSION_SECONDS:
            self.cookie = ""
        if signs_in and not self.cookie:
            self.enter()
        else:
            self.draw.choice(self.acts())()

    def mark(self) -> str:
        """What this act alone bears. Invented, and said to be."""
        self._number += 1
        return f"acte {self.name} {self._number} (invention)"

    def enter(self) -> None:
        """By the demonstration's door, which asks for no password and slows nobody down."""
        address = f"/connexion/demonstration/{self.house.agents[self.who]}/"
        if answer := self.post(address, {}, ENTERED, to="/bureau/"):
            self.cookie = next(
                one.split(";")[0]
                for one in answer.headers.get_all("Set-Cookie", [])
                if one.startswith("sessionid=")
            )
            self.entered_at = time.monotonic()

    def post(
        self, address: str, form: dict[str, str], deeds: str, *, to: str, mark: str = ""
    ) -> Answer | None:
        """Send a form; told when the answer leads ``to`` where an act that is done leads."""
        return self.ask(
            "POST",
            address,
            {302: deeds},
            body=urlencode(form | {"csrfmiddlewaretoken": CSRF}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            to=to,
            mark=mark,
        )

    def ask(
        self,
        method: str,
        address: str,
        told: dict[int, str],
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        to: str = "",
        mark: str = "",
        who: str | None = None,
    ) -> Answer | None:
        """
        One request, and what it should leave written down.

        Args:
            told: for each status that may be told, the deeds that it says are traced; the first
                are those of a request that is cut.
            who: when the traces name somebody else, or nobody.

        Returns:
            The answer when it was told.
        """
        who = self.who if who is None else who
        connection = HTTPConnection(HOST, self._port, timeout=PATIENCE)
        try:
            connection.connect()
        except OSError:
            # Nobody is there any more: nothing was asked.
            self.desk.wait_for_news()
            return None
        answer = self._answer(connection, method, address, body, headers or {})
        if answer is None or answer.status >= FAILED:
            if answer is not None:
                self.desk.note_failed()
            self.desk.write(Try(who, next(iter(told.values())), told=False, mark=mark))
            return None
        if answer.status not in told or not answer.to.startswith(to):
            self.desk.note_odd(f"{self.name}: {method} {address}: {answer.status} {answer.to}")
            return None
        self.desk.write(Try(who, told[answer.status], told=True, mark=mark))
        return answer

    def _answer(
        self,
        connection: HTTPConnection,
        method: str,
        address: str,
        body: bytes | None,
        headers: dict[str, str],
    ) -> Answer | None:
        cookies = "; ".join(filter(None, (f"csrftoken={CSRF}", self.cookie)))
        try:
            connection.request(method, address, body, {"Cookie": cookies} | headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        return Answer(
            response.status, response.headers.get("Location") or "", response.headers, content
        )

    def send_json(
        self, address: str, data: dict[str, Any], token: str, told: dict[int, str], **facts: Any
    ) -> Answer | None:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return self.ask(
            "POST", address, told, body=json.dumps(data).encode(), headers=headers, **facts
        )
