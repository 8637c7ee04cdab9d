"""Where one connects from is in memory alone, keyed, and forgotten; nobody's address is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.blocks import connections
from fanal.helpline.blocks.connections import Connections, peer_of
from fanal.helpline.blocks.terms import CONNECTION_SEEN

LONG = CONNECTION_SEEN.total_seconds() + 1


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        # A visitor may write this header: only what a proxy of the house added is read.
        ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
        ("127.0.0.1", "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        ("10.0.0.4", "9.9.9.9", "9.9.9.9"),
        ("", "9.9.9.9", "9.9.9.9"),
        # One private address may stand for everybody: it is nobody's.
        ("127.0.0.1", "", None),
        ("10.0.0.4", "", None),
        ("10.0.0.4", "192.168.1.7", None),
        ("127.0.0.1", "inconnu", None),
        ("inconnu", "9.9.9.9", None),
        ("", "", None),
        # A home has a network in IPv6, of which each device takes addresses.
        ("2a01:e0a:1:2:3:4:5:6", "", "2a01:0e0a:0001:0002"),
        ("127.0.0.1", "[2a01:e0a:1:2::9]", "2a01:0e0a:0001:0002"),
    ],
)
def test_where_one_comes_from_is_known_or_is_nobody_s(
    peer: str, forwarded: str, found: str | None
) -> None:
    assert peer_of(peer, forwarded) == found


@given(st.text(max_size=40), st.text(max_size=80))
def test_nothing_that_is_sent_breaks_it(peer: str, forwarded: str) -> None:
    found = peer_of(peer, forwarded)
    assert found is None or found


def test_no_address_is_held_and_each_process_has_its_own_key() -> None:
    one, other = Connections(), Connections()
    for seen in (one, other):
        seen.note("aa", "9.9.9.9")
    assert b"9.9.9.9" not in repr(vars(one)).encode()
    assert one._seen["aa"][0] != other._seen["aa"][0]
    assert one.led_from("9.9.9.9") == ["aa"]
    assert one.led_from("9.9.9.8") == one.led_from(None) == []


def test_a_silent_connection_is_forgotten_unless_it_is_held() -> None:
    clock = Clock()
    seen = Connections(clock=clock)
    for name in ("held", "silent", "here"):
        seen.note(name, "9.9.9.9")
    clock.at += LONG
    seen.note("here", "9.9.9.9")
    asked = []

    def held(silent: object) -> list[str]:
        asked.append(silent)
        return ["held"]

    seen.forget(held)
    assert asked == [["held", "silent"]]
    assert set(seen.led_from("9.9.9.9")) == {"held", "here"}
    seen.forget(lambda silent: [])
    assert seen.led_from("9.9.9.9") == ["here"]


def test_a_flood_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 3)
    seen = Connections()
    for number in range(10):
        seen.note(str(number), "9.9.9.9")
    seen.note("9", None)
    assert len(seen) == 3
