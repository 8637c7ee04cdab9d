"""
The journal of traces: a million of them linked, sealed and verified.

    python benchmarks/audit.py [rows]

What is compared in one run: hashing with PostgreSQL's own ``sha256`` (what ``fanal audit verify``
does, with all its other checks), and hashing in Python what the database reads out.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import psycopg

ROWS = 1_000_000
BATCH = 50_000
# Ten authorities, of unequal size, as the country is.
ADD = """
INSERT INTO audit_trace (id, at, deed, outcome, subject_kind, subject_ref, case_file_ref,
                         authority_code, detail)
SELECT gen_random_uuid(), clock_timestamp(),
       (ARRAY['concern.read', 'minor.read', 'situation.read', 'concern.list'])[1 + g %% 4],
       'read', 'concerns.concern', gen_random_uuid(), gen_random_uuid(),
       (ARRAY['59', '59', '59', '13', '13', '75', '33', '69M', '2A', ''])[1 + g %% 10],
       jsonb_build_object('page', g %% 40, 'rows', 25)
  FROM generate_series(1, %s) g
"""
IN_PYTHON = """
COPY (SELECT l.chain, l.position, l.previous, l.digest, convert_to({content}, 'UTF8')
        FROM audit_link l JOIN audit_trace t ON t.id = l.trace_id) TO STDOUT (FORMAT BINARY)
"""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.config.settings.test"
    from fanal.config.postgres.roles import OWNER
    from fanal.config.postgres.trials import start_for_tests

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    server = start_for_tests()
    name = f"bench_audit_{os.getpid()}"
    server.create_database(name)
    try:
        url = server.login_url_for(name, OWNER)
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = url
        django.setup()
        from django.core.management import call_command

        call_command("migrate", database="owner", verbosity=0, interactive=False)
        with TemporaryDirectory() as folder, psycopg.connect(url, autocommit=True) as owner:
            _measure(owner, Path(folder), rows)
    finally:
        from django.db import connections

        connections.close_all()
        server.drop_database(name)
        server.stop()


def _measure(owner: psycopg.Connection, folder: Path, rows: int) -> None:
    from fanal.ground.audit.canon import CONTENT, link_digest
    from fanal.ground.audit.keeping import FolderKeeper
    from fanal.ground.audit.sealing import link_traces, seal_day
    from fanal.ground.audit.stamping import NullStamper
    from fanal.ground.audit.verifying import verify

    moment = datetime.now(tz=UTC)
    with _timed(f"{rows} traces written"):
        for start in range(0, rows, BATCH):
            owner.execute(ADD, [min(BATCH, rows - start)])
    with _timed("linked"):
        assert link_traces() == rows
    with _timed("sealed"):
        seal_day(stamper=NullStamper(), keeper=FolderKeeper(folder), now=moment)
    owner.execute("ANALYZE")
    with (
        _timed("hashed in Python alone, for comparison"),
        owner.cursor() as cursor,
        cursor.copy(IN_PYTHON.format(content=CONTENT)) as copy,
    ):
        copy.set_types(["text", "int8", "bytea", "bytea", "bytea"])
        for chain, position, previous, digest, content in copy.rows():
            assert digest == link_digest(
                chain=chain, position=position, previous=previous, content=content
            )
    with _timed("verified (fanal audit verify)"):
        verdict = verify(owner, now=moment, kept=folder)
    assert verdict.sound, verdict.lines()
    assert verdict.traces == rows
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, memory {memory} MB")


@contextmanager
def _timed(label: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    print(f"{time.monotonic() - start:8.1f} s  {label}", flush=True)


if __name__ == "__main__":
    main()
