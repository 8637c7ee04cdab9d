"""A chain is walked link after link: each holds to the one before, whatever it says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fanal.ground.audit.canon import BEGINNING, link_digest
from fanal.ground.audit.terms import Flaw
from fanal.ground.audit.walking import Known, Row, Walk

CHAIN, NOON = "authority:59", datetime(2026, 3, 9, 12, tzinfo=UTC)


def chain_of(contents: list[bytes]) -> list[Row]:
    rows, previous = list[Row](), BEGINNING
    for position, content in enumerate(contents, start=1):
        digest = link_digest(chain=CHAIN, position=position, previous=previous, content=content)
        rows.append(Row(CHAIN, position, digest, previous, NOON, same_at=True, holds=True))
        previous = digest
    return rows


def known_of(rows: list[Row]) -> Known:
    return Known(heads={rows[-1].position: rows[-1].digest}, head=rows[-1].position)


def test_a_link_that_is_right_in_itself_and_follows_another_past_is_named() -> None:
    """Rewritten from there on with its digests made anew, and its head too."""
    rows = chain_of([b"one", b"two", b"three"])
    elsewhere = chain_of([b"another", b"two", b"three"])
    forged = [rows[0], *elsewhere[1:]]

    assert Walk(CHAIN, known_of(rows)).run(rows) is None
    found = Walk(CHAIN, known_of(forged)).run(forged)
    assert found is not None
    assert (found.flaw, found.position) == (Flaw.REPLACED, 2)


def test_a_chain_shorter_than_its_head_is_cut() -> None:
    rows = chain_of([b"one", b"two", b"three"])

    found = Walk(CHAIN, known_of(rows)).run(rows[:2])
    assert found is not None
    assert (found.flaw, found.position) == (Flaw.CUT, 3)
    shorter = replace(known_of(rows), heads={})
    assert Walk(CHAIN, shorter).run(rows[:2]) is not None
