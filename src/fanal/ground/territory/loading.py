"""Put the reference data of ``data/`` into the database, once for each version of it."""

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper

from fanal.ground.territory.bulk import is_empty, made_after
from fanal.ground.territory.models import (
    ChildWelfareAuthority,
    Commune,
    Court,
    Departement,
    FormerCode,
    ReferenceLoad,
)
from fanal.ground.territory.names import name_key

DATA = Path(__file__).resolve().parent / "data"
FILES = (
    "departements.csv",
    "authorities.csv",
    "courts.csv",
    "routing.csv.gz",
    "communes.csv.gz",
    "former_codes.csv",
)
# To be raised when this file puts the same data differently.
SHAPE = "1"
REFERENCE = "territory"

Value = str | int | float | bool | list[str] | None
Row = Sequence[Value]
Progress = Callable[[str, int, int], None]


def load_reference(*, using: str = "owner", progress: Progress | None = None) -> dict[str, int]:
    """
    Load départements, authorities, courts, communes and former codes, all or nothing.

    Returns the number of rows of each table, and does nothing when this very data was loaded
    before. Places are added or corrected, never removed: a case file may point to them.

    Args:
        using: alias of the role that may write reference data.
        progress: told the table (in French), its rank and how many there are, before each.
    """
    if _is_loaded(using):
        return _counts(using)

    with transaction.atomic(using=using):
        _wait_for_another_loader(using)
        if _is_loaded(using):
            return _counts(using)
        for rank, (model, columns, rows) in enumerate(_tables(), start=1):
            if progress:
                progress(str(model._meta.verbose_name_plural), rank, len(_TABLES))
            _upsert(using=using, model=model, columns=columns, rows=rows)
        ReferenceLoad.objects.using(using).update_or_create(
            name=REFERENCE,
            defaults={"digest": data_digest(), "loaded_at": datetime.now(tz=UTC)},
        )
    _analyse(using)
    return _counts(using)


@cache
def data_digest() -> str:
    """Of the bytes of every file, and of the shape in which they are put."""
    digest = hashlib.sha256(SHAPE.encode())
    for name in FILES:
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of ``data/``, compressed or not."""
    content = (DATA / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return iter(csv.DictReader(io.StringIO(text.decode(), newline="")))


def _departements() -> Iterator[Row]:
    return ((row["code"], row["name"]) for row in read_rows("departements.csv"))


def _authorities() -> Iterator[Row]:
    for row in read_rows("authorities.csv"):
        yield (
            row["code"],
            row["name"],
            row["kind"],
            _several(row["departements"]),
            row["timezone"],
            row["basis"],
            row["note"],
        )


def _courts() -> Iterator[Row]:
    for row in read_rows("courts.csv"):
        yield (
            row["code"],
            row["name"],
            row["kind"],
            row["commune_code"],
            row["commune_name"],
            row["departement"],
            row["appeal_court"],
            row["appeal_court_kind"],
            row["has_tpe"] == "yes",
            row["tpe_court"],
            row["jirs"],
        )


def _communes() -> Iterator[Row]:
    routing = {row["commune"]: row for row in read_rows("routing.csv.gz")}
    for row in read_rows("communes.csv.gz"):
        # A commune that was absorbed goes where the commune that absorbed it goes.
        route = routing.get(row["code"]) or routing[row["parent"]]
        sort_name = name_key(row["name"])
        former_key = name_key(row["former_name"])
        yield (
            row["code"],
            row["name"],
            row["former_name"],
            sort_name,
            f"{sort_name} / {former_key}" if former_key else sort_name,
            row["departement"],
            row["status"],
            row["parent"] or None,
            route["authority"],
            route["court"],
            route["tpe_court"],
            int(row["population"]) if row["population"] else None,
            _several(row["postcodes"]),
            float(row["latitude"]) if row["latitude"] else None,
            float(row["longitude"]) if row["longitude"] else None,
        )


def _former_codes() -> Iterator[Row]:
    return ((row["code"], row["commune"]) for row in read_rows("former_codes.csv"))


def _several(cell: str) -> list[str]:
    return cell.split("|") if cell else []


_Table = tuple[type[models.Model], Sequence[str], Callable[[], Iterator[Row]]]

# In the order of their keys: each table points only to those before it, and to itself.
_TABLES: tuple[_Table, ...] = (
    (Departement, ("code", "name"), _departements),
    (
        ChildWelfareAuthority,
        ("code", "name", "kind", "departement_codes", "timezone", "basis", "note"),
        _authorities,
    ),
    (
        Court,
        (
            "code", "name", "kind", "commune_code", "commune_name", "departement_id",
            "appeal_court", "appeal_court_kind", "has_tpe", "tpe_court_id", "jirs",
        ),
        _courts,
    ),
    (
        Commune,
        (
            "code", "name", "former_name", "sort_name", "search_names", "departement_id",
            "status", "parent_id", "authority_id", "court_id", "tpe_court_id", "population",
            "postcodes", "latitude", "longitude",
        ),
        _communes,
    ),
    (FormerCode, ("code", "commune_id"), _former_codes),
)  # fmt: skip


def _tables() -> Iterator[tuple[type[models.Model], Sequence[str], Iterator[Row]]]:
    return ((model, columns, rows()) for model, columns, rows in _TABLES)


def _upsert(
    *,
    using: str,
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Row],
) -> None:
    """Names are those of our own models, never of somebody's input."""
    table = model._meta.db_table
    names = ", ".join(columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "code")
    with connections[using].cursor() as cursor:
        if model is Commune and is_empty(cursor, table):
            with made_after(cursor, table):
                _copy(cursor, table, names, rows)
            return
        cursor.execute(f"CREATE TEMPORARY TABLE incoming (LIKE {table}) ON COMMIT DROP")
        _copy(cursor, "incoming", names, rows)
        cursor.execute(
            f"INSERT INTO {table} AS kept ({names}) SELECT {names} FROM incoming"  # noqa: S608
            f" ON CONFLICT (code) DO UPDATE SET {changes}"
            " WHERE kept IS DISTINCT FROM excluded"
        )
        if model is FormerCode:
            # Nothing points to them, and a code given back must not lead to its former place.
            cursor.execute(
                f"DELETE FROM {table} WHERE code NOT IN (SELECT code FROM incoming)"  # noqa: S608
            )
        cursor.execute("DROP TABLE incoming")


def _copy(cursor: CursorWrapper, table: str, names: str, rows: Iterable[Row]) -> None:
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _is_loaded(using: str) -> bool:
    last = ReferenceLoad.objects.using(using).filter(name=REFERENCE, digest=data_digest())
    return last.exists()


def _wait_for_another_loader(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reference:{REFERENCE}"])


def _analyse(using: str) -> None:
    """Without fresh statistics the first searches would read the whole table."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"ANALYZE {Commune._meta.db_table}")


def _counts(using: str) -> dict[str, int]:
    return {
        str(model._meta.model_name): model._default_manager.using(using).count()
        for model, _, _ in _TABLES
    }
