"""What no import contract sees: keys that point down, words written, walls that stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "fanal"

# Lowest first. A foreign key points at its own room or at one written before it.
ROOMS = (
    "territory", "agents", "audit", "access", "codes", "deadlines", "people", "retention",
    "documents", "notifications", "spaces", "exchange", "referrals", "screening", "concerns",
    "reports", "watch", "situations", "measures", "shifts", "blocks", "chats", "calls", "letters",
    "contacts", "traces", "rights", "keeping", "desks", "front",
)  # fmt: skip
# Rooms whose tables hold nothing about a case.
WITHOUT_CASES = (
    "territory",
    "schema",
    "agents",
    "spaces",
    "screening",
    "keeping",
    "desks",
    "shell",
    "front",
)
# The law as data, the same for everybody.
REFERENCE = {"deadlines_deadlinerule", "deadlines_ruleoverride"}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fanal.")]


def test_every_foreign_key_points_down() -> None:
    place = {room: number for number, room in enumerate(ROOMS)}
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and place[field.related_model._meta.app_label] > place[model._meta.app_label]
    ]
    assert upward == []


def test_every_foreign_key_protects_what_it_points_at() -> None:
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


def test_no_case_model_is_open_through_the_administration() -> None:
    registered = [
        model._meta.label
        for model in admin.site._registry
        if model.__module__.startswith("fanal.")
        and any(field.name == "case_file" for field in model._meta.get_fields())
    ]
    assert registered == []


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    written = set(re.findall(r"`(\w+)`", glossary))
    assert {model.__name__ for model in our_models()} - written == set()


def test_the_architecture_page_lists_the_rooms_that_stand() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(\w+/\w+)` \|", page, flags=re.MULTILINE))
    # An engine is no application of Django.
    rooms = [*PACKAGE.glob("*/*/apps.py"), *PACKAGE.glob("engines/*/__init__.py")]
    assert listed == {str(path.parent.relative_to(PACKAGE)) for path in rooms}


@pytest.mark.django_db
def test_every_table_of_case_data_forces_its_policies() -> None:
    tables = {
        model._meta.db_table for model in our_models() if model._meta.app_label not in WITHOUT_CASES
    } - REFERENCE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
            # A view has no policy: it is a wall of its own when nothing is pushed below its filter.
            " OR relkind = 'v' AND 'security_barrier=true' = ANY (reloptions)"
        )
        walled = {name for (name,) in cursor.fetchall()}
    assert tables - walled == set()


@pytest.mark.django_db
def test_the_application_owns_nothing_and_cannot_change_a_trace() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege(current_user, 'audit_trace', %s)", [right])
            assert cursor.fetchone() == (False,), right


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
