"""The ledger of releases: whole, in order, and seen when touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fanal.engines.disclosure.ledger import START, Busy, Ledger, Tampered

NAMES = ("une", "deux", "trois")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = Ledger(tmp_path / "registre")
    with found.writing():
        for name in NAMES:
            found.append({"name": name, "tables": [{"cells": [None, [11, 19]]}]})
    return found


def lines(ledger: Ledger) -> list[bytes]:
    return ledger.path.read_bytes().splitlines(keepends=True)


def test_releases_are_read_in_the_order_they_were_made(ledger: Ledger) -> None:
    entries = ledger.entries()

    assert [entry["name"] for entry in entries] == list(NAMES)
    assert entries[0]["previous"] == START
    assert entries[2]["previous"] == entries[1]["digest"]
    assert ledger.head == entries[2]["digest"]


@pytest.mark.parametrize("place", range(3))
def test_a_changed_line_is_seen(ledger: Ledger, place: int) -> None:
    held = lines(ledger)
    held[place] = held[place].replace(b"19", b"18")
    ledger.path.write_bytes(b"".join(held))

    with pytest.raises(Tampered, match=f"ligne {place + 1}"):
        ledger.entries()


def test_a_line_whose_digest_was_made_again_is_seen_by_the_next(ledger: Ledger) -> None:
    forged = Ledger(ledger.folder.parent / "ailleurs")
    with forged.writing():
        forged.append({"name": "une", "tables": []})
    held = lines(ledger)
    ledger.path.write_bytes(lines(forged)[0] + b"".join(held[1:]))

    with pytest.raises(Tampered, match="ligne 2"):
        ledger.entries()


@pytest.mark.parametrize("kept", [[1, 2], [0, 2], [0, 2, 1], [0, 0, 1, 2]])
def test_a_line_taken_away_moved_or_repeated_is_seen(ledger: Ledger, kept: list[int]) -> None:
    held = lines(ledger)
    ledger.path.write_bytes(b"".join(held[place] for place in kept))

    with pytest.raises(Tampered):
        ledger.entries()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[]\n", b'{"name": "x"}\n', b"\n"])
def test_what_is_no_line_of_a_ledger_is_refused(ledger: Ledger, content: bytes) -> None:
    ledger.path.write_bytes(b"".join(lines(ledger)) + content)

    with pytest.raises(Tampered):
        ledger.entries()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interruption_leaves_the_ledger_as_it_was(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    before = ledger.path.read_bytes()

    def interrupted(*_: object) -> None:
        raise stop

    monkeypatch.setattr("os.fsync", interrupted)
    with ledger.writing(), pytest.raises(stop):
        ledger.append({"name": "quatre"})

    assert ledger.path.read_bytes() == before
    assert sorted(path.name for path in ledger.folder.iterdir()) == ["lock", "releases.jsonl"]


def test_one_release_is_made_at_a_time(ledger: Ledger) -> None:
    with ledger.writing(), pytest.raises(Busy), Ledger(ledger.folder).writing():
        pass


def test_the_last_line_alone_can_be_taken_back(ledger: Ledger) -> None:
    first, *_, last = (entry["digest"] for entry in ledger.entries())
    with ledger.writing():
        ledger.withdraw_last(first)
        assert ledger.head == last
        ledger.withdraw_last(last)

    assert [entry["name"] for entry in ledger.entries()] == ["une", "deux"]


def test_the_secret_is_made_once_read_by_its_owner_alone_and_in_no_line(ledger: Ledger) -> None:
    with ledger.writing():
        secret = ledger.secret()
        assert ledger.secret() == secret
    path = ledger.folder / "secret"

    assert path.stat().st_mode & 0o077 == 0
    assert secret.hex() not in json.dumps(ledger.entries())


def test_a_ledger_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert Ledger(tmp_path / "rien").entries() == []
    assert Ledger(tmp_path / "rien").head == START
