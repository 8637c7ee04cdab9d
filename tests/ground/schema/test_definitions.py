"""Functions, views, policies and triggers: each in one file, and the database as the files say."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import ProgrammingError, connections

from fanal.ground.schema import applying, files
from fanal.ground.schema.applying import apply_after_migrations, apply_files, changed_files
from fanal.ground.schema.drift import find_drift
from fanal.ground.schema.files import SqlFile, sql_files
from fanal.ground.schema.models import AppliedFile

owner_database = pytest.mark.django_db(databases=["owner"])


def test_no_definition_stands_twice() -> None:
    counted = Counter(one for file in sql_files() for one in file.definitions())

    assert [str(one) for one, count in counted.items() if count > 1] == []
    assert len(counted) > 300


def test_every_create_of_a_file_is_read_as_a_definition() -> None:
    for file in sql_files():
        created = [line for line in file.text.splitlines() if line.startswith("CREATE ")]
        assert len(list(file.definitions())) == len(created), file.path


@owner_database
def test_the_database_holds_what_the_files_define_and_nothing_else() -> None:
    drift = find_drift(using="owner")

    assert drift.in_no_file == []
    assert drift.in_no_database == []
    assert changed_files(using="owner") == []


@owner_database
def test_what_no_file_defines_is_named() -> None:
    _execute("CREATE FUNCTION stray() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    _execute("CREATE FUNCTION access_today(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    _execute("CREATE POLICY stray ON access_grant USING (true)")
    _execute("DROP POLICY grant_seen ON access_grant")

    drift = find_drift(using="owner")

    assert [str(one) for one in drift.in_no_file] == [
        "function access_today",
        "function stray",
        "policy stray on access_grant",
    ]
    assert [str(one) for one in drift.in_no_database] == ["policy grant_seen on access_grant"]


@owner_database
def test_every_file_applies_again_with_its_bodies_checked() -> None:
    for file in sql_files():
        _execute(file.text)


@owner_database
def test_a_file_that_changed_is_applied_again_and_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = _with("grant_seen", "USING (agent_id", "USING (false AND agent_id")
    monkeypatch.setattr(applying, "sql_files", lambda: changed)

    assert apply_files(using="owner") == ["ground/access/sql/policies.sql"]
    assert "false" in _condition_of("grant_seen")
    assert apply_files(using="owner") == []


@owner_database
def test_after_a_migration_what_it_dropped_comes_back() -> None:
    _execute("DROP VIEW spaces_public CASCADE")

    apply_after_migrations(using="owner", plan=[(object(), False)])

    assert find_drift(using="owner").in_no_database == []


@owner_database
def test_a_wrong_file_is_named_and_nothing_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = _with("grant_seen", "USING (agent_id", "USING (agentid")
    monkeypatch.setattr(applying, "sql_files", lambda: wrong)

    with pytest.raises(ProgrammingError) as caught:
        apply_files(using="owner", again=True)

    assert caught.value.__notes__ == ["in ground/access/sql/policies.sql"]
    assert changed_files(using="owner") == [wrong[_rank("grant_seen")]]


@owner_database
def test_a_file_that_is_gone_is_forgotten() -> None:
    AppliedFile.objects.using("owner").create(
        path="ground/gone/sql/views.sql", digest="", applied_at="2026-03-09T09:00:00Z"
    )

    apply_files(using="owner", again=True)

    assert not AppliedFile.objects.using("owner").filter(path__contains="gone").exists()


def test_a_file_of_no_known_nature_is_refused(tmp_path: object) -> None:
    folder = files.Path(str(tmp_path))
    (folder / "misc.sql").write_text("SELECT 1;")

    with pytest.raises(ValueError, match="functions, views, policies, triggers"):
        list(files._of_room(folder))


def _execute(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def _condition_of(policy: str) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT qual FROM pg_policies WHERE policyname = %s", [policy])
        (condition,) = cursor.fetchone()
    return str(condition)


def _rank(name: str) -> int:
    return next(
        rank
        for rank, file in enumerate(sql_files())
        if any(one.name == name for one in file.definitions())
    )


def _with(name: str, former: str, newer: str) -> list[SqlFile]:
    found, rank = sql_files(), _rank(name)
    file = found[rank]
    assert former in file.text
    found[rank] = SqlFile(file.path, file.nature, file.text.replace(former, newer, 1))
    return found
