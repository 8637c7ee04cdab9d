"""Keys kept elsewhere: a service asked over a real line, and a root that something else brings."""

from __future__ import annotations

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from factories import InformantFactory
from fanal.detect.concerns.models import Informant
from fanal.ground.privacy.sealing.chosen import keep_first_key, state_of_keys
from fanal.ground.privacy.sealing.envelope import Place, seal, unseal
from fanal.ground.privacy.sealing.keepers import (
    KeyKeeper,
    ServiceKeeper,
    UnknownKeeper,
    file_keeper,
)
from fanal.ground.privacy.sealing.keyring import known_keys
from fanal.ground.privacy.sealing.keys import KeyId, KeysAbsent, KeysLocked, RootKey, Unopenable
from rows import as_owner

ROOT = RootKey(b"s" * 32)
KEY = KeyId(ROOT.fingerprint, 1)
PLACE = Place("t", "c", "1")
TOKEN = "un-jeton-inventé-long".encode().hex()
ENDLESS = b"x" * 70_000


class Service(ThreadingHTTPServer):
    """A key service as another team would run it: one root, a token, and its bad days."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.locked = False
        # What it says instead of its answer, on a bad day: a status and a body.
        self.bad_day: tuple[int, bytes] | None = None
        self.silent = threading.Event()
        self.silent.set()
        self.heard: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/keys"

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        self.heard.append(question)
        if question["ask"] == "status":
            return {"open": [] if self.locked else [ROOT.fingerprint.hex()]}
        key = KeyId.read(bytes.fromhex(question["key"]))
        if self.locked or key.fingerprint != ROOT.fingerprint:
            return {"error": "locked"}
        if question["ask"] == "public":
            return {"public": b64encode(ROOT.public(key.generation).raw).decode()}
        try:
            opened = ROOT.unwrap(
                b64decode(question["wrapped"]),
                generation=key.generation,
                info=b64decode(question["info"]),
            )
        except Unopenable:
            return {"error": "unopenable"}
        return {"data_key": b64encode(opened).decode()}


class _Asked(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.server.silent.wait(10)
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/keys" or self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._say(401, json.dumps({"error": "refused"}).encode())
        elif self.server.bad_day is not None:
            self._say(*self.server.bad_day)
        else:
            self._say(200, json.dumps(self.server.answer(json.loads(asked))).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.silent.set()
        running.shutdown()
        thread.join()


def asked(service: Service, **said: Any) -> ServiceKeeper:
    return ServiceKeeper(service.url, TOKEN, **said)


def opens(keeper: KeyKeeper) -> bytes:
    return unseal(
        seal(b"secret", place=PLACE, key=ROOT.public(1)), place=PLACE, unwrap=keeper.unwrap
    )


def test_a_service_opens_data_keys_and_never_hears_a_text(service: Service) -> None:
    keeper = asked(service)

    assert keeper.opened() == {ROOT.fingerprint}
    assert keeper.public(KEY) == ROOT.public(1)
    assert opens(keeper) == b"secret"
    assert [one["ask"] for one in service.heard] == ["status", "public", "unwrap"]
    assert "secret" not in json.dumps(service.heard)


def test_a_service_that_is_locked_or_knows_another_root_opens_nothing(service: Service) -> None:
    keeper = asked(service)
    with pytest.raises(KeysLocked):
        keeper.public(KeyId(b"others", 1))
    service.locked = True

    assert keeper.opened() == set()
    with pytest.raises(KeysLocked):
        keeper.public(KEY)
    with pytest.raises(KeysLocked):
        opens(keeper)


def test_what_the_service_finds_altered_is_not_called_locked(service: Service) -> None:
    with pytest.raises(Unopenable):
        asked(service).unwrap(KEY, b"altered", b"elsewhere")


@pytest.mark.parametrize(
    "bad_day",
    [
        (500, b"<html>"),
        (200, b"<html>"),
        (200, b"{}"),
        (200, b"[]"),
        (200, b'"open"'),
        (200, b'{"open": 3, "data_key": 3, "public": null}'),
        (200, b'{"open": ["zz"], "data_key": "?", "public": "?"}'),
        (503, b'{"open": [], "error": "locked"}'),
        (200, ENDLESS),
    ],
    ids=["500", "html", "empty", "list", "text", "numbers", "signs", "503", "endless"],
)
def test_a_service_on_a_bad_day_is_a_locked_one(
    service: Service, bad_day: tuple[int, bytes]
) -> None:
    """A screen then says that the keys are closed; the server goes on."""
    service.bad_day = bad_day

    assert asked(service).opened() == set()
    with pytest.raises(KeysLocked):
        opens(asked(service))
    with pytest.raises(KeysLocked):
        asked(service).public(KEY)


def test_a_service_that_does_not_answer_is_not_waited_for(service: Service) -> None:
    service.silent.clear()

    with pytest.raises(KeysLocked):
        opens(asked(service, timeout=0.2))
    service.silent.set()
    assert opens(asked(service)) == b"secret"


def test_a_wrong_token_opens_nothing(service: Service) -> None:
    stranger = ServiceKeeper(service.url, "autre")

    assert stranger.opened() == set()
    with pytest.raises(KeysLocked):
        opens(stranger)
    assert service.heard == []


def test_a_service_that_is_gone_is_a_locked_one() -> None:
    with Service() as gone:
        keeper = asked(gone)

    assert keeper.opened() == set()
    with pytest.raises(KeysLocked):
        opens(keeper)


def test_what_answers_in_clear_is_no_https_service(service: Service) -> None:
    assert ServiceKeeper(service.url.replace("http:", "https:"), TOKEN).opened() == set()
    assert service.heard == []


@pytest.mark.parametrize(
    "url", ["http://cles.invalid/keys", "ftp://127.0.0.1/", "cles.invalid", ""]
)
def test_no_data_key_travels_in_clear_beyond_this_machine(url: str) -> None:
    with pytest.raises(UnknownKeeper, match="https://"):
        ServiceKeeper(url, TOKEN).opened()


def test_a_column_is_sealed_and_read_through_a_service(
    db: None, service: Service, settings: Any, tmp_path: Path
) -> None:
    settings.FANAL_KEY_KEEPER, settings.FANAL_KEYRING = "service", tmp_path / "keyring.json"
    settings.FANAL_KEY_SERVICE, settings.FANAL_KEY_SERVICE_TOKEN = service.url, TOKEN
    keep_first_key()
    assert known_keys(tmp_path / "keyring.json") == [ROOT.public(1)]
    with as_owner():
        row = InformantFactory(name="Odile Inventée")
        assert state_of_keys() == "open"
        assert Informant.objects.get(pk=row.pk).name == "Odile Inventée"
        service.locked = True
        # It goes on receiving, and reads nothing.
        other = InformantFactory(name="Autre Inventée")
        assert state_of_keys() == "locked"
        with pytest.raises(KeysLocked):
            _ = Informant.objects.get(pk=other.pk).name


def test_a_root_is_read_from_its_file_each_time(tmp_path: Path) -> None:
    path = tmp_path / "root"
    assert file_keeper(path).opened() == set()

    path.write_text(f"{ROOT.secret.hex()}\n", encoding="ascii")

    assert file_keeper(path).opened() == {ROOT.fingerprint}
    assert file_keeper(path).public(KEY) == ROOT.public(1)
    assert opens(file_keeper(path)) == b"secret"
    path.unlink()
    with pytest.raises(KeysLocked):
        opens(file_keeper(path))


@pytest.mark.parametrize(
    "written", [b"", b"une phrase", b"ab" * 16, b"ab" * 33, "clé".encode(), b"\xff\xfe"]
)
def test_a_file_that_is_no_root_opens_nothing(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "root"
    path.write_bytes(written)

    assert file_keeper(path).opened() == set()
    with pytest.raises(KeysLocked):
        opens(file_keeper(path))


def test_a_column_is_sealed_and_read_with_a_file(db: None, settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "root"
    settings.FANAL_KEY_KEEPER, settings.FANAL_KEYRING = "file", tmp_path / "keyring.json"
    settings.FANAL_KEY_FILE = str(path)
    with pytest.raises(KeysAbsent):
        keep_first_key()
    assert state_of_keys() == "absent"

    path.write_text(ROOT.secret.hex(), encoding="ascii")
    keep_first_key()

    with as_owner():
        row = InformantFactory(name="Odile Inventée")
        assert Informant.objects.get(pk=row.pk).name == "Odile Inventée"
        path.unlink()
        assert state_of_keys() == "locked"
        with pytest.raises(KeysLocked):
            _ = Informant.objects.get(pk=row.pk).name
