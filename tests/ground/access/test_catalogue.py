"""What the catalogue of the database says: every table of case data has its wall, and a low one."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

# Tables that lead to no file by a key, and tell of one all the same.
BY_NATURE = {
    "audit_trace": "it names the file that was read",
    "concerns_draft": "an author's own words about a child",
    "concerns_submission": "it names the child's initials",
    "notifications_notification": "its address names a file",
    "rights_rightsrequest": "it names the file that somebody asks for",
    "situations_handover": "it counts the files that change hands",
}
# Tables that a key joins to case data, and that hold none.
WITHOUT_CASE = {
    "procrastinate_jobs": "a job carries references, never a name nor a text",
}
# Tables that policies read for whoever asks: a file, a day, a rule, and no word of a minor.
READ_BY_POLICIES = {"retention_archived"}
# What a policy may lean on: the ground, and the rooms' own tables.
GROUND = ("access_", "agents_", "territory_", "retention_")


def asked(question: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def keys() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for child, parent in asked(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid <> confrelid"
    ):
        found.setdefault(child, set()).add(parent)
    return found


def case_tables() -> set[str]:
    """Tables from which keys lead, however far, to a file."""
    pointing, reached = keys(), {"access_casefile"}
    while more := {child for child, parents in pointing.items() if parents & reached} - reached:
        reached |= more
    return reached | set(BY_NATURE)


def test_every_table_of_case_data_forces_its_policies() -> None:
    walled = {
        name
        for (name,) in asked(
            "SELECT relname FROM pg_class c WHERE relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
    }
    tables = case_tables()
    assert {"people_minor", "concerns_concern", "access_grant", "access_exclusion"} <= tables
    assert tables - walled - set(WITHOUT_CASE) == set()


def test_a_model_that_names_a_file_by_its_reference_is_declared() -> None:
    """A reference without a key escapes the test above: its table must be walled or listed."""
    named = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("fanal.")
        and any(field.name in ("case_file_ref", "file_ref") for field in model._meta.fields)
    }
    assert named - case_tables() == set()


def test_policies_lean_on_the_ground_and_on_their_own_room_alone() -> None:
    leaning = asked(
        "SELECT DISTINCT p.polrelid::regclass::text, d.refobjid::regclass::text"
        "  FROM pg_policy p JOIN pg_depend d ON d.objid = p.oid"
        "   AND d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_class'::regclass"
        " WHERE d.refobjid <> p.polrelid"
    )
    assert leaning
    strangers = [
        (table, other)
        for table, other in leaning
        if not other.startswith((*GROUND, f"{table.split('_')[0]}_"))
    ]
    assert strangers == []


def test_no_policy_opens_case_data_to_everybody_for_reading() -> None:
    cases = case_tables() - READ_BY_POLICIES
    policies = asked(
        "SELECT tablename, policyname FROM pg_policies"
        " WHERE permissive = 'PERMISSIVE' AND cmd IN ('ALL', 'SELECT') AND qual = 'true'"
    )
    assert [one for one in policies if one[0] in cases] == []


def test_each_policy_that_shows_case_data_asks_who_is_asking_or_another_wall() -> None:
    """Whatever it says else: « of a file », « not empty » are true for everybody."""
    cases = case_tables() - READ_BY_POLICIES
    walled = {name for (name,) in asked("SELECT DISTINCT tablename FROM pg_policies")}
    open_to_all = []
    for table, policy, condition in asked(
        "SELECT tablename, policyname, qual FROM pg_policies"
        " WHERE permissive = 'PERMISSIVE' AND cmd IN ('ALL', 'SELECT')"
    ):
        # What tells who asks takes nothing: access_agent(), chats_organisations()…
        asks = set(re.findall(r"\b(\w+)\(\)", condition)) - {"now"}
        leans = set(re.findall(r"\b(?:FROM|JOIN) \(*(\w+)", condition)) & (walled - {table})
        if table in cases and not asks and not leans:
            open_to_all.append((table, policy))
    assert open_to_all == []


def test_what_runs_as_the_owner_has_a_fixed_search_path() -> None:
    """A function that reads past the policies must not be led to somebody else's tables."""
    loose = asked(
        "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' AND prosecdef"
        "   AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']"
    )
    assert loose == []
