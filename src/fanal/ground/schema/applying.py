"""
Put the SQL files in the database: those that changed, and all of them after a migration.

A migration may have dropped what it had to change under a view or a policy; a file is written so
that applying it again changes nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from fanal.ground.schema.files import SqlFile, sql_files
from fanal.ground.schema.models import AppliedFile


def apply_after_migrations(
    *, using: str, plan: list[tuple[object, bool]] | None = None, **_: object
) -> None:
    """Hear ``post_migrate``. A database migrated halfway has not the tables that files speak of."""
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        apply_files(using=using, again=bool(plan))


def changed_files(*, using: str) -> list[SqlFile]:
    """The files that this database has not seen as they are now."""
    seen = dict(AppliedFile.objects.using(using).values_list("path", "digest"))
    return [file for file in sql_files() if seen.get(file.path) != file.digest]


def apply_files(*, using: str, again: bool = False) -> list[str]:
    """
    Apply the files that changed, or all of them; the paths of those applied. All or nothing.

    Raises:
        django.db.Error: a file is wrong, or changes what only a drop can; the error names it.
    """
    files = sql_files() if again else changed_files(using=using)
    if not files:
        return []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # A function may call another that comes later.
        cursor.execute("SET LOCAL check_function_bodies = off")
        for file in files:
            try:
                cursor.execute(file.text)
            except Exception as error:
                error.add_note(f"in {file.path}")
                raise
        cursor.execute("SET LOCAL check_function_bodies = on")
        now = datetime.now(tz=UTC)
        stored = AppliedFile.objects.using(using)
        stored.bulk_create(
            [AppliedFile(path=file.path, digest=file.digest, applied_at=now) for file in files],
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["digest", "applied_at"],
        )
        stored.exclude(path__in=[file.path for file in sql_files()]).delete()
    return [file.path for file in files]
