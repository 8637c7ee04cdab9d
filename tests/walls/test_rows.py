"""
Every kind of thing × every role × {own, shared, other authority, sealed, excluded}: rows shown.

All of them, whatever a run tries at the addresses in ``test_matrix.py``: one question to the
database for each person in each place, compared with ``policy.csv``. What it answers ``no`` to
shows no row of the authority; what it answers ``may`` to shows one at least.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.terms import Role
from rows import as_owner
from walls.catalogue import tables
from walls.classifying import FAMILY, authority_of, doors, expected, things
from walls.figures import say
from walls.scopes import HERE, SCOPES, Looker, looking
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

# Of one person, each of them: who may read theirs has none here but by chance.
OF_ONE_PERSON = ("personal", "opening", "request")
# Shown by the database to a role whose addresses do not lead there: ``test_matrix.py`` tries them.
SHOWN_WITHOUT_AN_ADDRESS = {
    # Who keeps the directory says of each place whether it takes part.
    ("referrals.Participation", Role.DIRECTORY),
    # They see the whole authority, hand-overs of its situations included.
    ("situations.HandOver", Role.CRIP),
    ("situations.HandOver", Role.ON_CALL),
}
# An evaluator holds files by name: no report was written on those of the demonstration.
NONE_THERE = {("report", Role.EVALUATOR, "own")}

Cell = tuple[str, Role, str]


def walled() -> list[str]:
    """The kinds that fill an address, and that the database itself shows to some alone."""
    known = tables()
    labels = sorted({label for door in doors() for label in door.about})
    return [one for one in labels if known[apps.get_model(one)._meta.db_table].walled]


def refs_here(label: str) -> list[object]:
    with as_owner():
        return [row.ref for row in things(label) if authority_of(row) in (None, HERE)]


def shown(looker: Looker, refs: dict[str, list[object]]) -> dict[str, int]:
    """How many of these rows the database shows to somebody, by kind."""
    each = [
        sql.SQL("SELECT {}, count(*) FROM {} WHERE ref = ANY({})").format(
            sql.Literal(label),
            sql.Identifier(apps.get_model(label)._meta.db_table),
            sql.Literal(known),
        )
        for label, known in refs.items()
    ]
    with acting_as(looker.agent), connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return dict(cursor.fetchall())


def family(label: str) -> str:
    return FAMILY.get(label, "file")


def test_each_role_in_each_place_is_shown_the_rows_that_the_policy_says() -> None:
    refs = {label: found for label in walled() if (found := refs_here(label))}
    assert len(refs) > 35
    overt: list[tuple[Cell, int]] = []
    empty: list[Cell] = []
    for role in Role:
        for scope in SCOPES:
            with looking(role, scope) as looker:
                counts = shown(looker, refs)
            for label, count in counts.items():
                may = expected(family(label), role, scope) == "may"
                if count and not may and (label, role) not in SHOWN_WITHOUT_AN_ADDRESS:
                    overt.append(((label, role, scope), count))
            for thing in {family(label) for label in refs}.difference(OF_ONE_PERSON):
                seen = sum(count for label, count in counts.items() if family(label) == thing)
                if expected(thing, role, scope) == "may" and not seen:
                    empty.append((thing, role, scope))
    say(
        f"Rows: {len(refs)} kinds, {len(Role)} roles, {len(SCOPES)} scopes: "
        f"{len(refs) * len(Role) * len(SCOPES)} cells, {len(overt)} shown to who may not"
    )
    assert overt == []
    assert set(empty) == NONE_THERE
