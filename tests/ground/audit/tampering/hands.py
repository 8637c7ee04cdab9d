# ruff: noqa: S608
"""
What a hand with every right on the database may do to the journal; each must be found.

``HANDS`` is what other suites call: each takes a cursor and a draw, and changes something.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import psycopg

from fanal.ground.audit.canon import BEGINNING, COLUMNS, CONTENT, link_digest
from fanal.ground.audit.seals import read_document

Hand = Callable[[psycopg.Cursor, Random], None]

OTHER = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "agent_id": "CASE WHEN agent_id IS NULL THEN (SELECT min(id) FROM agents_agent) END",
    "organisation_id": (
        "CASE WHEN organisation_id IS NULL THEN (SELECT min(id) FROM agents_organisation) END"
    ),
    "deed": "deed || ' '",
    "outcome": "'refused'",
    "subject_kind": "upper(subject_kind)",
    "subject_ref": "gen_random_uuid()",
    "case_file_ref": "NULL",
    "authority_code": "CASE WHEN authority_code = '59' THEN '13' ELSE '59' END",
    "detail": "detail || '{\"de plus\": 1}'",
    "seq": "seq + 1000000",
    "xid": "(xid::text::bigint - 1)::text::xid8",
}
assert OTHER.keys() == COLUMNS.keys()


def some_link(hand: psycopg.Cursor, draw: Random) -> tuple[str, int, str]:
    hand.execute("SELECT chain, position, trace_id FROM audit_link ORDER BY chain, position")
    return draw.choice(hand.fetchall())


def two_links(hand: psycopg.Cursor, draw: Random) -> tuple[str, int, int]:
    chain, first, _ = some_link(hand, draw)
    hand.execute("SELECT count(*) FROM audit_link WHERE chain = %s", [chain])
    count = hand.fetchone()[0]
    second = draw.choice([one for one in range(1, count + 1) if one != first])
    return chain, first, second


def edit_a_column(hand: psycopg.Cursor, draw: Random) -> None:
    column, (_, _, trace) = draw.choice(list(OTHER)), some_link(hand, draw)
    hand.execute(f"UPDATE audit_trace SET {column} = {OTHER[column]} WHERE id = %s", [trace])


def edit_a_link(hand: psycopg.Cursor, draw: Random) -> None:
    chain, position, _ = some_link(hand, draw)
    change = draw.choice(
        ("digest = sha256(digest)", "previous = sha256(previous)", "at = at - interval '1 day'",
         "trace_id = gen_random_uuid()", "chain = 'authority:999'")
    )  # fmt: skip
    hand.execute(
        f"UPDATE audit_link SET {change} WHERE chain = %s AND position = %s", [chain, position]
    )


def remove_a_trace(hand: psycopg.Cursor, draw: Random) -> None:
    hand.execute("DELETE FROM audit_trace WHERE id = %s", [some_link(hand, draw)[2]])


def remove_a_link(hand: psycopg.Cursor, draw: Random) -> None:
    hand.execute("DELETE FROM audit_link WHERE trace_id = %s", [some_link(hand, draw)[2]])


def remove_both(hand: psycopg.Cursor, draw: Random) -> None:
    chain, position, trace = some_link(hand, draw)
    hand.execute("DELETE FROM audit_trace WHERE id = %s", [trace])
    hand.execute("DELETE FROM audit_link WHERE trace_id = %s", [trace])
    if draw.random() < 0.5:
        _close_ranks(hand, chain, position)
        link_again(hand, chain, 1)


def insert_a_trace(hand: psycopg.Cursor, draw: Random) -> None:
    """Written as if by a transaction of long ago: no link waits for it."""
    _copy(hand, some_link(hand, draw)[2], xid="3")


def insert_with_its_link(hand: psycopg.Cursor, draw: Random) -> None:
    chain, position, trace = some_link(hand, draw)
    hand.execute(
        "UPDATE audit_link SET position = position + 1000000 WHERE chain = %s AND position >= %s",
        [chain, position],
    )
    hand.execute(
        "UPDATE audit_link SET position = position - 999999 WHERE chain = %s AND position > 999999",
        [chain],
    )
    new = _copy(hand, trace, xid="3")
    hand.execute(
        "INSERT INTO audit_link SELECT chain, %s, %s, at, sha256('x'), previous FROM audit_link"
        " WHERE chain = %s AND position = %s",
        [position, new, chain, position + 1],
    )
    if draw.random() < 0.5:
        link_again(hand, chain, 1)


def swap_traces(hand: psycopg.Cursor, draw: Random) -> None:
    _swap(hand, "trace_id", *two_links(hand, draw))


def swap_contents(hand: psycopg.Cursor, draw: Random) -> None:
    """The identities change places, and the rest of the rows stays."""
    chain, first, second = two_links(hand, draw)
    hand.execute(
        "SELECT trace_id FROM audit_link WHERE chain = %s AND position IN (%s, %s)",
        [chain, first, second],
    )
    one, two = (row[0] for row in hand.fetchall())
    for old, new in ((one, "00000000-0000-4000-8000-000000000000"), (two, one)):
        hand.execute("UPDATE audit_trace SET id = %s WHERE id = %s", [new, old])
    hand.execute(
        "UPDATE audit_trace SET id = %s WHERE id = '00000000-0000-4000-8000-000000000000'", [two]
    )


def reorder_links(hand: psycopg.Cursor, draw: Random) -> None:
    chain, first, second = two_links(hand, draw)
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        hand.execute(
            "UPDATE audit_link SET position = %s WHERE chain = %s AND position = %s",
            [new, chain, old],
        )


def cut_the_tail(hand: psycopg.Cursor, draw: Random) -> None:
    """Traces, links and head go together; sometimes the newest seals too."""
    chain, position, _ = some_link(hand, draw)
    _cut(hand, chain, max(2, position))
    if draw.random() < 0.5:
        hand.execute("DELETE FROM audit_seal WHERE number > %s", [draw.randint(0, 2)])


def remove_a_chain(hand: psycopg.Cursor, draw: Random) -> None:
    _cut(hand, some_link(hand, draw)[0], 1)


def rewrite_a_chain(hand: psycopg.Cursor, draw: Random) -> None:
    """A trace is changed, and every link from there on made again; the seals are not."""
    _change_and_link_again(hand, draw)


def rewrite_after_the_last_seal(hand: psycopg.Cursor, draw: Random) -> None:
    document = _last_document(hand)
    one = draw.choice(document.chains)
    _change_and_link_again(hand, draw, chain=one.chain, after=one.last)


def rewrite_chain_and_seals(hand: psycopg.Cursor, draw: Random) -> None:
    """Everything that the database holds agrees again: only what is kept elsewhere does not."""
    _change_and_link_again(hand, draw)
    hand.execute("SELECT number FROM audit_seal ORDER BY number")
    numbers = [row[0] for row in hand.fetchall()]
    hand.execute("UPDATE audit_seal SET stamp = NULL")
    for number in numbers:
        _seal_again(hand, number)


def tamper_with_a_seal(hand: psycopg.Cursor, draw: Random) -> None:
    change = draw.choice(
        ("UPDATE audit_seal SET document = replace(document, '\"months\":12', '\"months\":1')",
         "UPDATE audit_seal SET root = sha256(root)", "DELETE FROM audit_seal",
         "UPDATE audit_seal SET document = 'rien'", "UPDATE audit_seal SET number = number + 100")
    )  # fmt: skip
    hand.execute(f"{change} WHERE number = %s", [draw.randint(1, 3)])


def expire_too_early(hand: psycopg.Cursor, draw: Random) -> None:
    one = draw.choice(_last_document(hand, number=1).chains)
    hand.execute(
        "INSERT INTO audit_segment VALUES (%s, %s, %s, 1, now())", [one.chain, one.first, one.last]
    )
    hand.execute(
        "DELETE FROM audit_trace t USING audit_link l WHERE l.trace_id = t.id AND l.chain = %s"
        " AND l.position <= %s",
        [one.chain, one.last],
    )
    hand.execute(
        "DELETE FROM audit_link WHERE chain = %s AND position <= %s", [one.chain, one.last]
    )


HANDS: tuple[Hand, ...] = (
    edit_a_column, edit_a_link, remove_a_trace, remove_a_link, remove_both, insert_a_trace,
    insert_with_its_link, swap_traces, swap_contents, reorder_links, cut_the_tail, remove_a_chain,
    rewrite_a_chain, rewrite_after_the_last_seal, rewrite_chain_and_seals, tamper_with_a_seal,
    expire_too_early,
)  # fmt: skip


def _copy(hand: psycopg.Cursor, trace: str, *, xid: str) -> str:
    hand.execute(
        "INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, subject_ref, case_file_ref,"
        " authority_code, detail, agent_id, organisation_id, xid) SELECT gen_random_uuid(), at,"
        " deed, outcome, subject_kind, subject_ref, case_file_ref, authority_code, detail,"
        " agent_id, organisation_id, %s FROM audit_trace WHERE id = %s RETURNING id",
        [xid, trace],
    )
    return hand.fetchone()[0]


def _swap(hand: psycopg.Cursor, column: str, chain: str, first: int, second: int) -> None:
    hand.execute(
        f"SELECT position, {column} FROM audit_link WHERE chain = %s AND position IN (%s, %s)",
        [chain, first, second],
    )
    found = dict(hand.fetchall())
    hand.execute(
        f"UPDATE audit_link SET {column} = gen_random_uuid() WHERE chain = %s AND position = %s",
        [chain, first],
    )
    for position, value in ((second, found[first]), (first, found[second])):
        hand.execute(
            f"UPDATE audit_link SET {column} = %s WHERE chain = %s AND position = %s",
            [value, chain, position],
        )


def _close_ranks(hand: psycopg.Cursor, chain: str, position: int) -> None:
    for shift in ("+ 1000000", "- 1000001"):
        hand.execute(
            f"UPDATE audit_link SET position = position {shift} WHERE chain = %s AND position > %s",
            [chain, position],
        )


def _cut(hand: psycopg.Cursor, chain: str, position: int) -> None:
    hand.execute(
        "DELETE FROM audit_trace t USING audit_link l"
        " WHERE l.trace_id = t.id AND l.chain = %s AND l.position >= %s",
        [chain, position],
    )
    hand.execute("DELETE FROM audit_link WHERE chain = %s AND position >= %s", [chain, position])
    if position == 1:
        hand.execute("DELETE FROM audit_head WHERE chain = %s", [chain])
        return
    hand.execute(
        "UPDATE audit_head h SET position = l.position, digest = l.digest FROM audit_link l"
        " WHERE h.chain = %s AND l.chain = h.chain AND l.position = %s",
        [chain, position - 1],
    )


def _change_and_link_again(
    hand: psycopg.Cursor, draw: Random, *, chain: str = "", after: int = 0
) -> None:
    hand.execute(
        "SELECT chain, position, trace_id FROM audit_link"
        " WHERE (%s = '' OR chain = %s) AND position > %s ORDER BY chain, position",
        [chain, chain, after],
    )
    chain, position, trace = draw.choice(hand.fetchall())
    hand.execute("UPDATE audit_trace SET deed = 'autre' WHERE id = %s", [trace])
    link_again(hand, chain, position)


def link_again(hand: psycopg.Cursor, chain: str, start: int) -> None:
    """What whoever reads the source can do: every digest from there on, and the head."""
    hand.execute(
        f"SELECT l.position, l.previous, {CONTENT} FROM audit_link l"
        " JOIN audit_trace t ON t.id = l.trace_id"
        " WHERE l.chain = %s AND l.position >= %s ORDER BY l.position",
        [chain, start],
    )
    rows = hand.fetchall()
    digest = BEGINNING if start == 1 else rows[0][1]
    for position, _, content in rows:
        before = digest
        digest = link_digest(
            chain=chain, position=position, previous=before, content=content.encode()
        )
        hand.execute(
            "UPDATE audit_link SET digest = %s, previous = %s WHERE chain = %s AND position = %s",
            [digest, before, chain, position],
        )
    hand.execute(
        "UPDATE audit_head SET digest = %s, position = %s WHERE chain = %s",
        [digest, rows[-1][0], chain],
    )


def _last_document(hand: psycopg.Cursor, number: int | None = None):
    hand.execute(
        "SELECT document FROM audit_seal WHERE %s::bigint IS NULL OR number = %s"
        " ORDER BY number DESC LIMIT 1",
        [number, number],
    )
    return read_document(hand.fetchone()[0])


def _seal_again(hand: psycopg.Cursor, number: int) -> None:
    """The same stretches, with the digests that the links have now."""
    from dataclasses import replace

    from fanal.ground.audit.merkle import root_of

    document = _last_document(hand, number)
    hand.execute("SELECT root FROM audit_seal WHERE number = %s", [number - 1])
    row = hand.fetchone()
    stretches = []
    for one in document.chains:
        hand.execute(
            "SELECT digest FROM audit_link WHERE chain = %s AND position BETWEEN %s AND %s"
            " ORDER BY position",
            [one.chain, one.first, one.last],
        )
        links = [bytes(digest) for (digest,) in hand.fetchall()]
        stretches.append(replace(one, digest=links[-1].hex(), links=root_of(links).hex()))
    made = replace(document, chains=tuple(stretches), previous=bytes(row[0]).hex() if row else "")
    json.loads(made.text())
    hand.execute(
        "UPDATE audit_seal SET document = %s, root = %s WHERE number = %s",
        [made.text(), made.root(), number],
    )
