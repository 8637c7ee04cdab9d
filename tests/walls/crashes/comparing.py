# ruff: noqa: S608
"""Acts and traces as the database holds them, compared both ways, in one reading of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from fanal.ground.audit.floods import ONE_BY_ONE
from walls.crashes.desk import Desk, Try
from walls.crashes.house import House

# When the transaction that wrote a row was committed: its rows share that moment, those of its
# savepoints included.
TRACE = " || ' ' || pg_xact_commit_timestamp(t.xmin)"
NOBODY = "t.agent_id IS NULL AND t.organisation_id IS NULL AND t.outcome = 'refused'"


def _access(kind: str, deed: str) -> tuple[str, str]:
    return (
        "SELECT f.ref || ' ' || pg_xact_commit_timestamp(s.xmin) FROM access_accessstep s"
        f" JOIN access_casefile f ON f.id = s.case_file_id WHERE s.kind = '{kind}'",
        f"SELECT t.subject_ref::text{TRACE} FROM audit_trace t"
        f" WHERE t.deed = '{deed}' AND t.outcome = 'done'",
    )


# For each kind of act, what it writes, and the traces that it should have: the same words on both
# sides, each as many times.
PAIRS: dict[str, tuple[str, str]] = {
    "concern sent": (
        "SELECT ref::text FROM concerns_concern",
        "SELECT subject_ref::text FROM audit_trace WHERE deed = 'concern.send'",
    ),
    "receipt given": (
        "SELECT s.receipt FROM concerns_submission s",
        "SELECT c.receipt FROM audit_trace t JOIN concerns_concern c ON c.ref = t.subject_ref"
        " WHERE t.deed = 'concern.send'",
    ),
    "step of a concern": (
        "SELECT c.ref || ' concern.' || s.step || ' ' || pg_xact_commit_timestamp(s.xmin)"
        " FROM concerns_concernstep s JOIN concerns_concern c ON c.id = s.concern_id",
        f"SELECT t.subject_ref || ' ' || t.deed{TRACE} FROM audit_trace t"
        " WHERE t.deed IN ('concern.received', 'concern.opened', 'concern.not_a_concern')"
        " AND t.outcome = 'done'",
    ),
    "line of a timeline": (
        "SELECT s.ref || ' ' || pg_xact_commit_timestamp(e.xmin) FROM situations_entry e"
        " JOIN situations_situation s ON s.id = e.situation_id WHERE e.kind = 'note'",
        f"SELECT t.subject_ref::text{TRACE} FROM audit_trace t WHERE t.deed = 'situation.note'",
    ),
    "exclusion": _access("excluded", "access.exclude"),
    "exclusion lifted": _access("exclusion_lifted", "access.lift_exclusion"),
    "glass broken": _access("glass_broken", "access.break_glass"),
    "opening": (
        "SELECT b.file_ref || ' ' || pg_xact_commit_timestamp(b.xmin) FROM access_breakglass b",
        f"SELECT t.subject_ref::text{TRACE} FROM audit_trace t"
        " WHERE t.deed = 'access.break_glass' AND t.outcome = 'done'",
    ),
    "opening announced": (
        "SELECT args->>'opening_ref' FROM procrastinate_jobs"
        " WHERE task_name = 'access.glass_broken'",
        "SELECT b.ref::text FROM access_breakglass b",
    ),
    # Each is counted, and the first ones of an hour have their line.
    "refusal of nobody": (
        "SELECT c.deed FROM audit_refusaltally c,"
        f" generate_series(1, least(c.counted, {ONE_BY_ONE}))",
        f"SELECT deed FROM audit_trace t WHERE {NOBODY}",
    ),
    # One that was opened and not closed is there: each agent has as many as that.
    "session": (
        "SELECT agent_id::text FROM agents_agentsession WHERE agent_id IS NOT NULL UNION ALL"
        " SELECT agent_id::text FROM audit_trace WHERE deed = 'session.close'",
        "SELECT agent_id::text FROM audit_trace WHERE deed = 'session.open' AND outcome = 'done'",
    ),
}
# Rows of the files, and what acts change beside: those of a transaction that left no trace, or
# whose traces all say that it was refused.
UNTRACED = """
WITH traced AS (
    SELECT pg_xact_commit_timestamp(xmin) AS at, bool_and(outcome = 'refused') AS refused
      FROM audit_trace GROUP BY 1
), written AS ({written})
SELECT w.name, count(*), count(t.at) FROM written w LEFT JOIN traced t USING (at)
 WHERE w.at > %s AND coalesce(t.refused, true) GROUP BY w.name ORDER BY w.name
"""
# Who asked, and what one transaction left: its traces; of nobody, what was counted.
LEFT = f"""
SELECT coalesce(min(a.email), 'org:' || min(o.slug), ''),
       string_agg(t.deed || ':' || t.outcome, ' ' ORDER BY t.deed)
  FROM audit_trace t LEFT JOIN agents_agent a ON a.id = t.agent_id
  LEFT JOIN agents_organisation o ON o.id = t.organisation_id
 WHERE t.at > %s AND NOT ({NOBODY}) GROUP BY t.xid
 UNION ALL SELECT '', c.deed || ':refused' FROM audit_refusaltally c, generate_series(1, c.counted)
"""
TRACES = "SELECT FROM audit_trace WHERE at > %s"
# Where an act bears the mark that it was given.
MARKED = """
SELECT text FROM situations_entry UNION ALL SELECT external_ref FROM concerns_submission
 UNION ALL SELECT reason FROM access_accessstep
 UNION ALL SELECT c.ref || ' ' || s.step FROM concerns_concernstep s
      JOIN concerns_concern c ON c.id = s.concern_id
"""


def differences(house: House, owner: psycopg.Connection[Any]) -> list[str]:
    """Acts without their trace and traces without their act, in words; none at any moment."""
    with owner.transaction():
        owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return [*_unpaired(owner), *_untraced(house, owner)]


@dataclass(slots=True)
class Ledger:
    """
    What people were told since the last comparison, beside what the database gained meanwhile.

    A request that was cut may have done its act, whole, or nothing: each has one at most in a
    stretch that ends with a kill. Compare when no request is under way.
    """

    house: House
    desk: Desk
    _before: Counter[tuple[str, str]] = field(default_factory=Counter)
    _read: int = 0

    def differences(self, owner: psycopg.Connection[Any]) -> list[str]:
        tries, left = list(self.desk.tries), _left(self.house, owner)
        told, cut = (_asked(tries[self._read :], told=one) for one in (True, False))
        gained = {key: left[key] - self._before[key] for key in left.keys() | self._before.keys()}
        self._before, self._read = left, len(tries)
        return [
            *(
                f"{who} {deeds}: told {told[who, deeds]}, cut {cut[who, deeds]}, in the database "
                f"{gained.get((who, deeds), 0)}"
                for who, deeds in sorted(gained.keys() | told.keys())
                if not 0 <= gained.get((who, deeds), 0) - told[who, deeds] <= cut[who, deeds]
            ),
            *_marks(owner, tries),
        ]


def _marks(owner: psycopg.Connection[Any], tries: list[Try]) -> Iterator[str]:
    """Each act that was told is found by what it bears; none was done twice."""
    found = Counter(mark for (mark,) in owner.execute(MARKED))
    certain = {one.mark for one in tries if one.told and one.mark}
    for mark in sorted({one.mark for one in tries if one.mark}):
        if found[mark] > 1 or (mark in certain and not found[mark]):
            yield f"{mark}: {found[mark]} times in the database"


@dataclass(frozen=True, slots=True)
class Counts:
    """``whole``: of the requests that were cut, those whose act is there, with its trace."""

    told: int
    cut: int
    whole: int
    acts: int
    reads: int
    refusals: int
    traces: int

    def since(self, before: Counts) -> Counts:
        return Counts(
            *(now - then for now, then in zip(astuple(self), astuple(before), strict=True))
        )


def counts(house: House, owner: psycopg.Connection[Any], tries: list[Try]) -> Counts:
    """What was asked, and what transactions left: an act when they changed something."""
    left, told = _left(house, owner), _asked(tries, told=True)
    kinds: Counter[str] = Counter()
    for (_, deeds), times in left.items():
        outcomes = {one.rpartition(":")[2] for one in deeds.split()}
        kinds["done" if "done" in outcomes else min(outcomes)] += times
    return Counts(
        told=sum(one.told for one in tries),
        cut=sum(not one.told for one in tries),
        whole=(left - told).total(),
        acts=kinds["done"],
        reads=kinds["read"],
        refusals=kinds["refused"],
        traces=len(owner.execute(TRACES, [house.since]).fetchall()),
    )


def _left(house: House, owner: psycopg.Connection[Any]) -> Counter[tuple[str, str]]:
    return Counter(owner.execute(LEFT, [house.since]).fetchall())


def _asked(tries: list[Try], *, told: bool) -> Counter[tuple[str, str]]:
    return Counter((one.who, one.deeds) for one in tries if one.told is told and one.deeds)


def _unpaired(owner: psycopg.Connection[Any]) -> Iterator[str]:
    for kind, (acts, traces) in PAIRS.items():
        done, traced = (Counter(row[0] for row in owner.execute(one)) for one in (acts, traces))
        if alone := done - traced:
            yield f"{kind}: {alone.total()} without the trace"
        if alone := traced - done:
            yield f"{kind}: {alone.total()} traces without the act"


def _untraced(house: House, owner: psycopg.Connection[Any]) -> Iterator[str]:
    written = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} AS name, pg_xact_commit_timestamp(xmin) AS at FROM {}").format(
            sql.Literal(name), sql.Identifier(name)
        )
        for name in house.tables
    )
    for name, rows, refused in owner.execute(
        sql.SQL(UNTRACED).format(written=written), [house.since]
    ):
        yield f"{name}: {rows} rows written without a trace of it ({refused} refused)"
