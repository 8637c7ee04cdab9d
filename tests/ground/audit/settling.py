"""What may be linked waits for every transaction that was begun before it, in the whole cluster."""

from __future__ import annotations

import psycopg

from deadlines import wait_until


def settle(owner: psycopg.Connection) -> None:
    """
    Until every transaction begun before now has ended, anywhere in the cluster.

    Whoever writes in another database of it holds back, for a moment, what may be linked.
    """
    begun = _number(owner, "pg_snapshot_xmax(pg_current_snapshot())")
    wait_until(
        lambda: _number(owner, "pg_snapshot_xmin(pg_current_snapshot())") >= begun, seconds=60
    )


def _number(owner: psycopg.Connection, of: str) -> int:
    found = owner.execute(f"SELECT ({of})::text::bigint").fetchone()  # type: ignore[call-overload]
    assert found is not None
    return int(found[0])
