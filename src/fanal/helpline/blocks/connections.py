"""
Which connections are one, in the memory of this process and nowhere else.

A conversation has no address, and none is written for a block either. While somebody talks, each
process holds a digest of where they connect from, made with a key that it drew when it started:
stopped, it has forgotten all. What is written of such a block is its conversation; only a process
that saw that conversation can tell that the same connection comes again. So a block of a connection
falls when the server starts again, and bites in the processes that saw the conversation alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, ip_address
from threading import Lock
from time import monotonic

from django.http import HttpRequest

from fanal.helpline.blocks.terms import CONNECTION_SEEN, MOST_CONNECTIONS

# The first 64 bits of an IPv6 address, as it is written in full.
NETWORK = len("2001:0db8:0000:0000")
# Of these conversations, those that a block holds.
Held = Callable[[Collection[str]], Collection[str]]


def peer_of(peer: str, forwarded: str) -> str | None:
    """
    Where a request comes from, as a public address; None when nobody can tell.

    Behind a proxy of the house, the last address of X-Forwarded-For, which the proxy wrote. A
    private address without one may stand for everybody: it is nobody's.
    """
    found = _public(peer)
    if found is not None or not forwarded:
        return found
    return _public(forwarded.rpartition(",")[2].strip()) if _is_inside(peer) else None


def peer_of_request(request: HttpRequest) -> str | None:
    return peer_of(
        request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    )


class Connections:
    """What one process saw. Threads of pages and the live loop share it."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock
        self._seen: dict[str, tuple[bytes, float]] = {}
        self._turn = Lock()

    def note(self, conversation: str, peer: str | None) -> None:
        """This conversation is led from there. Past what is bearable, nothing more is noted."""
        if peer is None:
            return
        with self._turn:
            if conversation in self._seen or len(self._seen) < MOST_CONNECTIONS:
                self._seen[conversation] = (self._digest(peer), self._clock())

    def led_from(self, peer: str | None) -> list[str]:
        """The conversations that were led from there."""
        if peer is None:
            return []
        wanted = self._digest(peer)
        with self._turn:
            return [name for name, (digest, _) in self._seen.items() if digest == wanted]

    def forget(self, held: Held) -> None:
        """Drop those that went silent and that no block holds."""
        oldest = self._clock() - CONNECTION_SEEN.total_seconds()
        with self._turn:
            silent = [name for name, (_, at) in self._seen.items() if at < oldest]
        if not silent:
            return
        kept = set(held(silent))
        with self._turn:
            for name in silent:
                found = self._seen.get(name)
                if name not in kept and found is not None and found[1] < oldest:
                    del self._seen[name]

    def __len__(self) -> int:
        return len(self._seen)

    def _digest(self, peer: str) -> bytes:
        return hmac.digest(self._key, peer.encode(), hashlib.sha256)


here = Connections()


def _public(written: str) -> str | None:
    """As it is written in one way; an IPv6 connection is known by the network it is given."""
    try:
        found = ip_address(written.strip("[]"))
    except ValueError:
        return None
    if not found.is_global:
        return None
    return str(found) if isinstance(found, IPv4Address) else str(found.exploded)[:NETWORK]


def _is_inside(peer: str) -> bool:
    try:
        found = ip_address(peer)
    except ValueError:
        # A socket of this machine has no address.
        return peer == ""
    return found.is_private or found.is_loopback
