"""The live channel as it is served: nothing is lost, nothing comes twice, nobody else hears."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from browser.house import environment
from deadlines import deadline, wait_until
from factories import AgentFactory, OrganisationFactory, PostingFactory
from fanal.config import serving
from fanal.config.postgres.trials import TrialServer
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, AgentSession, Organisation
from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import issue_code
from fanal.helpline.chats.keys import digest_of, new_key
from fanal.helpline.chats.live.listeners import token_for
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import BACK, LISTENER_LOST, READS_ALONG, Agreed
from fanal.helpline.chats.use_cases import (
    Relay,
    accept_transfer,
    answer,
    ask_transfer,
    come_back,
    leave,
    open_conversation,
    read_along,
    take_conversation,
)
from fanal.helpline.chats.use_cases.visiting import Answers
from helpline.chats.house import committed, staffed
from helpline.chats.wire import DEADLINE, Page
from past import past
from rows import as_owner

SECRET = "only-for-tests"


@dataclass
class House:
    """A served helpline; ``stop`` kills its server as a cut would, ``serve`` starts it again."""

    helpline: Organisation
    maya: Agent
    tom: Agent
    port: int
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def page(self) -> Page:
        return Page(self.port)

    def serve(self) -> None:
        command = serving.web_command(host="127.0.0.1", port=self.port)
        bound = [sys.executable, "-m", "fanal.config.bound", str(os.getpid())]
        self.process = subprocess.Popen(
            [*bound, sys.executable, "-m", *command], env=self.environ, process_group=0
        )
        end = time.monotonic() + deadline(60)
        while time.monotonic() < end:
            try:
                with closing(
                    http.client.HTTPConnection("127.0.0.1", self.port, timeout=deadline(30))
                ) as connection:
                    connection.request("GET", "/healthz")
                    if connection.getresponse().read():
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def stop(self) -> None:
        """Killed whole, with no time to say anything."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=deadline(DEADLINE))

    def opened(self, **answers: object) -> tuple[str, UUID]:
        key = new_key()
        ref = open_conversation(
            digest=digest_of(key) or b"",
            helpline=self.helpline,
            answers=Answers(**answers),  # type: ignore[arg-type]
            now=datetime.now(tz=UTC),
        )
        return key, ref

    def taken(self) -> tuple[str, UUID]:
        key, ref = self.opened()
        with acting_as(self.maya):
            take_conversation(agent=self.maya, ref=ref, now=datetime.now(tz=UTC))
        return key, ref

    def answer(self, ref: UUID, text: str) -> None:
        with acting_as(self.maya):
            answer(agent=self.maya, ref=ref, text=text, key=uuid4(), now=datetime.now(tz=UTC))


@pytest.fixture(scope="module")
def house(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    with _served(trial_server, template_database, django_db_blocker, tmp_path_factory) as house:
        yield house


@contextmanager
def _served(
    server: TrialServer, template: str, blocker: object, folders: pytest.TempPathFactory
) -> Iterator[House]:
    with committed(server, template=template, blocker=blocker) as name, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        state = folders.mktemp("state")
        (state / "secret-key").write_text(SECRET)
        environ = environment(server, database=name, state=Path(state))
        house = House(*staffed(), port, environ)
        house.serve()
        try:
            yield house
        finally:
            assert house.process
            house.process.terminate()
            house.process.wait(timeout=deadline(DEADLINE))


@pytest.fixture(autouse=True)
def nobody_stays(house: House) -> Iterator[None]:
    """Each test finds an empty queue, and listeners who are free."""
    yield
    with as_owner():
        Conversation.objects.exclude(state="ended").update(
            state="ended", ended_by="system", ended_at=datetime.now(tz=UTC)
        )


def test_what_is_said_is_kept_and_heard_by_who_follows(house: House) -> None:
    key, ref = house.taken()
    stream = house.page.stream({"key": key})
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"
    assert stream.until("state")[0]["state"] == "active"

    assert house.page.say(key, "Bonjour.").json == {"n": 2}
    house.answer(ref, "Je vous écoute.")

    heard = stream.until("message", count=3)
    assert [(one["n"], one["side"], one["text"]) for one in heard][1:] == [
        (2, "visitor", "Bonjour."),
        (3, "listener", "Je vous écoute."),
    ]
    stream.close()


def test_sent_again_it_is_the_same(house: House) -> None:
    key, _ = house.opened()
    name = str(uuid4())
    assert [house.page.say(key, "Une fois.", name=name).json for _ in range(3)] == [{"n": 1}] * 3


def test_one_goes_on_from_the_last_number(house: House) -> None:
    key, _ = house.opened()
    for text in ("un", "deux", "trois"):
        house.page.say(key, text)
    for stream in (
        house.page.stream({"key": key, "after": 2}),
        house.page.stream({"key": key}, last_event_id="2"),
    ):
        assert [one["text"] for one in stream.until("message")] == ["trois"]
        stream.close()


def test_a_long_poll_answers_at_once_then_when_something_comes(house: House) -> None:
    key, ref = house.taken()
    first = house.page.post("attendre", {"key": key}).json
    assert first["state"] == "active"
    last = first["messages"][-1]["n"]
    found = []

    def ask() -> None:
        found.append(
            house.page.post("attendre", {"key": key, "after": last, "state": "active"}).json
        )

    waiting = threading.Thread(target=ask)
    waiting.start()
    house.answer(ref, "Toujours là.")
    waiting.join(deadline(DEADLINE))
    assert [one["text"] for one in found[0]["messages"]] == ["Toujours là."]


def test_a_long_poll_answers_without_news_before_twenty_seconds(house: House) -> None:
    key, _ = house.taken()
    last = house.page.post("attendre", {"key": key}).json["messages"][-1]["n"]
    begun = time.monotonic()
    answered = house.page.post("attendre", {"key": key, "after": last, "state": "active"})
    assert answered.json["messages"] == []
    assert time.monotonic() - begun < deadline(20)


def test_nobody_is_left_twenty_seconds_without_news(house: House) -> None:
    key, _ = house.taken()
    stream = house.page.stream({"key": key})
    stream.until("state")
    begun = time.monotonic()
    stream.until_pinged()
    assert time.monotonic() - begun < deadline(20)
    stream.close()


def test_who_waits_is_told_their_place_and_that_it_moved(house: House) -> None:
    first, _ = house.opened()
    second, _ = house.opened()
    stream = house.page.stream({"key": second})
    assert "une personne avant toi" in stream.until("place")[0]["said"]
    leave(digest=digest_of(first) or b"", now=datetime.now(tz=UTC))
    assert stream.until("place", count=2)[1]["said"].startswith("Tu es la prochaine personne.")
    leave(digest=digest_of(second) or b"", now=datetime.now(tz=UTC))
    stream.until_end()


def test_the_end_is_said_and_the_stream_ends(house: House) -> None:
    key, _ = house.opened()
    stream = house.page.stream({"key": key})
    stream.until("state")
    leave(digest=digest_of(key) or b"", now=datetime.now(tz=UTC))
    assert stream.until("state", count=2)[1] == {"state": "ended", "by": "visitor"}
    stream.until_end()
    assert house.page.say(key, "Encore.").status == 409


def test_a_key_of_nothing_opens_nothing(house: House) -> None:
    for act in ("suivre", "attendre"):
        assert house.page.post(act, {"key": new_key()}).status == 404
        assert house.page.post(act, {"key": "faux"}).status == 404
    assert house.page.say(new_key(), "Bonjour.").status == 404
    assert house.page.say("faux", "Bonjour.").status == 400


def test_what_cannot_be_read_is_refused_and_the_server_stands(house: House) -> None:
    key, _ = house.opened()
    for body in (b"", b"{", b"[]", b"null", b"\xff", b"[" * 30_000, b'"' + b"a" * 70_000 + b'"'):
        assert house.page.post("dire", body).status == 400, body[:20]
    for body in (
        {"key": key, "text": "", "id": str(uuid4())},
        {"key": key, "text": "   ", "id": str(uuid4())},
        {"key": key, "text": ["a"], "id": str(uuid4())},
        {"key": key, "text": "a", "id": "a"},
        {"key": key, "text": "a"},
        {"key": 12, "text": "a", "id": str(uuid4())},
    ):
        assert house.page.post("dire", body).status == 400, body
    assert house.page.say(key, "\x00\x00nul\x00").json == {"n": 1}
    # Half a character, as a program may send one.
    half = f'{{"key": "{key}", "text": "moitié \\ud83d.", "id": "{uuid4()}"}}'.encode()
    assert house.page.post("dire", half).json == {"n": 2}
    assert house.page.post("dire", half.replace(b"moiti\xc3\xa9", b"")).json == {"n": 2}


def test_ten_megabytes_are_cut_short_and_the_server_stands(house: House) -> None:
    key, _ = house.opened()
    body = b'"' + b"a" * 10_000_000 + b'"'
    head = f"POST /direct/dire HTTP/1.1\r\nhost: 127.0.0.1:{house.port}\r\n"
    there = ("127.0.0.1", house.port)
    # Cut before it is whole.
    with socket.create_connection(there, timeout=deadline(DEADLINE)) as sock, suppress(OSError):
        sock.sendall(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
    assert house.page.say(key, "Toujours là.").json == {"n": 1}


def test_who_writes_a_danger_is_told_whom_to_call_and_it_comes_before(house: House) -> None:
    first, _ = house.opened()
    key, ref = house.opened()
    assert house.page.say(first, "Bonjour.").json == {"n": 1}
    assert house.page.say(key, "Ils ont fermé à clé.").json == {"n": 1, "danger": True}
    stream = house.page.stream({"key": key})
    assert "Tu es la prochaine personne." in stream.until("place")[-1]["said"]
    stream.close()
    assert past(Conversation).get(ref=ref).level == 0


def test_another_site_a_get_and_another_host_are_refused(house: House) -> None:
    key, _ = house.opened()
    body = {"key": key, "text": "Bonjour.", "id": str(uuid4())}
    assert house.page.post("dire", body, sec_fetch_site="cross-site").status == 403
    assert house.page.post("dire", body, sec_fetch_site="same-site").status == 403
    assert house.page.post("dire", body, origin="https://ailleurs.invalid").status == 403
    assert house.page.post("dire", body, origin="null").status == 403
    assert house.page.post("dire", body, host="ailleurs.invalid").status == 400
    assert house.page.post("autre", body).status == 404
    ours = f"http://127.0.0.1:{house.port}"
    assert house.page.post("dire", body, origin=ours, sec_fetch_site="same-origin").status == 200


def _token(agent: Agent, *, hours: int = 8) -> str:
    now = datetime.now(tz=UTC)
    with as_owner():
        row = AgentSession.objects.create(
            agent=agent,
            session_key=str(uuid4()),
            session_data="",
            expire_date=now + timedelta(hours=hours),
            opened_at=now,
            seen_at=now,
            ref=uuid4(),
        )
    return token_for(agent=agent.pk, session=str(row.ref))


def test_who_listens_hears_their_conversations_and_that_the_queue_moves(
    house: House, settings: object
) -> None:
    settings.SECRET_KEY = SECRET  # type: ignore[attr-defined]
    key, ref = house.taken()
    stream = house.page.stream({"token": _token(house.maya), "talks": [{"ref": str(ref)}]})
    assert stream.until("message")[0]["ref"] == str(ref)
    house.page.say(key, "Bonjour.")
    assert stream.until("message", count=2)[1]["text"] == "Bonjour."
    house.opened()
    stream.until("queue")
    stream.close()


def test_a_token_that_is_not_ours_over_or_of_nobody_who_listens_is_refused(
    house: House, settings: object
) -> None:
    settings.SECRET_KEY = SECRET  # type: ignore[attr-defined]
    _, ref = house.taken()
    for token in (
        "faux",
        _token(house.maya)[:-1] + "A",
        _token(house.maya, hours=-1),
        _token(AgentFactory()),
    ):
        talks = [{"ref": str(ref)}]
        assert house.page.post("suivre", {"token": token, "talks": talks}).status == 403


def test_a_stranger_who_listens_elsewhere_hears_nothing(house: House, settings: object) -> None:
    settings.SECRET_KEY = SECRET  # type: ignore[attr-defined]
    stranger = AgentFactory()
    PostingFactory(
        agent=stranger, organisation=OrganisationFactory(kind="helpline"), role="coordinator"
    )
    key, ref = house.taken()
    stream = house.page.stream({"token": _token(stranger), "talks": [{"ref": str(ref)}]})
    stream.until_pinged()
    # A server that has just begun to hear says once to each that their own queue may have moved.
    before = list(stream.events)
    assert set(map(str, before)) <= {str(("queue", {}))}
    house.page.say(key, "Bonjour.")
    stream.until_pinged()
    stream.until_pinged()
    assert stream.events == before
    stream.close()


def test_a_former_key_hears_no_more_once_the_conversation_is_taken_up_elsewhere(
    house: House,
) -> None:
    key, ref = house.opened()
    house.page.say(key, "Bonjour.")
    stream = house.page.stream({"key": key})
    stream.until("state")
    other = new_key()
    code = issue_code(kind=Kind.CHAT, opens=ref, now=datetime.now(tz=UTC))
    come_back(typed=" ".join(code.words), digest=digest_of(other) or b"", now=datetime.now(tz=UTC))
    stream.until_end()
    assert [one["text"] for name, one in stream.events if name == "message"] == ["Bonjour."]
    assert house.page.say(key, "L’ancienne page.").status == 404
    again = house.page.stream({"key": other})
    assert [one["text"] for one in again.until("message")] == [BACK]
    leave(digest=digest_of(other) or b"", now=datetime.now(tz=UTC))
    again.until_end()


def test_a_colleague_hears_once_announced_and_who_passed_it_on_no_more(
    house: House, settings: object
) -> None:
    settings.SECRET_KEY = SECRET  # type: ignore[attr-defined]
    with as_owner():
        anouk = AgentFactory(name="Anouk Inventée", email="anouk@fanal.invalid")
        PostingFactory(agent=anouk, organisation=house.helpline, role="coordinator")
    key, ref = house.opened()
    house.page.say(key, "Un secret.")
    now = datetime.now(tz=UTC)
    with acting_as(house.tom):
        take_conversation(agent=house.tom, ref=ref, now=now)
    talks = {"talks": [{"ref": str(ref)}]}
    hers = house.page.stream({"token": _token(anouk), **talks})
    his = house.page.stream({"token": _token(house.tom), **talks})
    assert hers.until("state") == [{"ref": str(ref), "state": "active", "mine": False}]
    assert [name for name, _ in hers.events].count("message") == 0
    with acting_as(anouk):
        read_along(agent=anouk, ref=ref, now=now)
    assert [one["text"] for one in hers.until("message", count=3)][::2] == [
        *("Un secret.", READS_ALONG)
    ]
    with acting_as(house.tom):
        relay = Relay(anouk.ref, "Résumé.", Agreed.YES)
        ask_transfer(agent=house.tom, ref=ref, relay=relay, now=now)
    with acting_as(anouk):
        accept_transfer(agent=anouk, ref=ref, now=now)
    assert [one["mine"] for one in his.until("state", count=2)] == [True, False]
    assert [one["mine"] for one in hers.until("state", count=2)] == [False, True]
    leave(digest=digest_of(key) or b"", now=datetime.now(tz=UTC))
    for stream in (hers, his):
        stream.close()


def test_killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice(house: House) -> None:
    key, ref = house.taken()
    stream = house.page.stream({"key": key})
    stream.until("message")
    sent = {str(uuid4()): f"mot {number}" for number in range(12)}
    names = list(sent)
    for name in names[:5]:
        house.page.say(key, sent[name], name=name)
    house.stop()
    house.answer(ref, "Pendant la coupure.")
    house.serve()
    # A page that does not know whether it was kept sends it again.
    for name in names[3:]:
        assert house.page.say(key, sent[name], name=name).status == 200
    last = max(one["n"] for kind, one in stream.events if kind == "message")
    again = house.page.stream({"key": key, "after": last})
    heard = [one for kind, one in stream.events if kind == "message"]
    heard += again.until("message", count=1 + 1 + 12 - len(heard))
    assert [one["n"] for one in heard] == list(range(1, 15))
    assert [one["text"] for one in heard if one["side"] == "visitor"] == list(sent.values())
    again.close()
    stream.close()


def test_a_listener_whose_desk_is_shut_is_said_to_be_gone(house: House) -> None:
    key, ref = house.taken()
    stream = house.page.stream({"key": key})
    stream.until("state")
    with as_owner():
        Conversation.objects.filter(ref=ref).update(
            listener_seen_at=datetime.now(tz=UTC) - timedelta(minutes=2)
        )
    assert stream.until("message", count=2)[1]["text"] == LISTENER_LOST
    stream.close()


def test_an_open_page_is_a_presence(house: House) -> None:
    key, ref = house.opened()
    long_ago = datetime.now(tz=UTC) - timedelta(minutes=10)
    stream = house.page.stream({"key": key})
    stream.until("state")
    with as_owner():
        Conversation.objects.filter(ref=ref).update(visitor_seen_at=long_ago)
    wait_until(
        lambda: past(Conversation).get(ref=ref).visitor_seen_at != long_ago, seconds=DEADLINE
    )
    stream.close()
