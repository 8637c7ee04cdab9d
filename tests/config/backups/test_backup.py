"""``fanal backup``: create, verify, restore into a second database, row by row."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from deadlines import deadline, wait_until
from fanal.config.backups.keys import new_key
from fanal.config.backups.manifest import EMPTIED, table_names
from fanal.config.postgres import APPLICATION, OWNER, TrialServer

FANAL = [sys.executable, "-c", "from fanal.config.commands import main; main()", "backup"]


ERASED_SINCE = "00000000-0000-4000-8000-000000000001"
KEPT = "00000000-0000-4000-8000-000000000002"
RUN = (
    "INSERT INTO retention_retentionrun (ref, at, authority_code, done, held, failed)"
    " VALUES (gen_random_uuid(), now(), '59', %s, 0, 0)"
)


class Place:
    """Two databases on the tests' server, and the command beside them."""

    def __init__(self, server: TrialServer, folder: Path, template: str) -> None:
        self.server, self.folder = server, folder
        self.first, self.second = f"backup_{os.getpid()}", f"backup_{os.getpid()}_second"
        server.create_database(self.first, template=template)
        server.create_database(self.second)
        self.file = folder / "one.fanal"
        self.saved: dict[str, list[str]] = {}
        self.key("key")

    def key(self, name: str) -> Path:
        path = self.folder / name
        path.write_text(new_key(), encoding="ascii")
        path.chmod(0o600)
        return path

    def environment(self, database: str, key: str = "key") -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.server.login_url_for(database, APPLICATION),
            "DATABASE_OWNER_URL": self.server.login_url_for(database, OWNER),
            "FANAL_STATE": str(self.folder),
            "FANAL_BACKUP_KEY": str(self.folder / key),
            "DJANGO_SETTINGS_MODULE": "fanal.config.settings.dev",
        }

    def run(
        self, *words: str | Path, database: str = "", key: str = "key"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*FANAL, *(str(word) for word in words)],
            env=self.environment(database or self.first, key),
            capture_output=True,
            text=True,
            check=False,
        )

    def owner(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.server.login_url_for(database, OWNER), autocommit=True)

    def rows(self, database: str) -> dict[str, list[str]]:
        with self.owner(database) as owner:
            return {
                name: sorted(
                    row
                    for (row,) in owner.execute(
                        sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))
                    )
                )
                for name in table_names(owner)
                if name not in EMPTIED
            }

    def databases(self) -> set[str]:
        with self.owner("postgres") as owner:
            return {
                name
                for (name,) in owner.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE %s",
                    [f"backup\\_{os.getpid()}%"],
                )
            }


@pytest.fixture(scope="module")
def place(
    trial_server: TrialServer, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    made = Place(trial_server, tmp_path_factory.mktemp("backup"), template_database)
    with made.owner(made.first) as owner:
        owner.execute(RUN, ['{"Accueil\\tinventé\\nde l\'Île": 1}'])
        for ref in (ERASED_SINCE, KEPT):
            owner.execute(
                "INSERT INTO access_casefile"
                " (ref, authority_id, opened_at, seal_reason, seal_yields)"
                " VALUES (%s, '59', '2024-01-01', '', false)",
                [ref],
            )
        owner.execute(
            "INSERT INTO django_session VALUES ('a-session', 'content', now() + interval '1 day')"
        )
    made.saved = made.rows(made.first)
    assert made.run("create", made.file).returncode == 0
    line = {
        "ref": "00000000-0000-4000-8000-0000000000aa",
        "at": "2026-03-09T12:00:00+00:00",
        "thing": "access.casefile",
        "thing_ref": ERASED_SINCE,
        "rule": "unconfirmed_observation",
        "then": "erase",
        "authority_code": "59",
    }
    (made.folder / "erasures.jsonl").write_text(json.dumps(line), encoding="utf-8")
    yield made
    for name in made.databases():
        trial_server.drop_database(name)


def test_what_is_restored_is_what_was_saved_row_by_row(place: Place) -> None:
    saved = place.saved
    with place.owner(place.first) as owner:
        owner.execute("UPDATE retention_retentionrun SET held = held + 1")

    done = place.run("restore", place.file, "--json", database=place.second)

    assert done.returncode == 0, done.stderr
    restored = place.rows(place.second)
    # What was erased since the backup is erased again; all the rest is there, row by row.
    assert [KEPT in row for row in restored["access_casefile"]] == [True]
    assert [ERASED_SINCE in row for row in restored["retention_erasure"]] == [True]
    touched = {"access_casefile", "retention_erasure"}
    assert {name: restored[name] for name in saved.keys() - touched} == {
        name: rows for name, rows in saved.items() if name not in touched
    }
    assert place.rows(place.first) != saved
    assert json.loads(done.stdout)["rows"] == sum(len(rows) for rows in saved.values())
    with place.owner(place.second) as owner:
        # Whoever was signed in then signs in again; the application may read, and own nothing.
        assert owner.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        assert owner.execute(
            "SELECT has_table_privilege(%s, 'access_casefile', 'SELECT')", [APPLICATION]
        ).fetchone() == (True,)
        assert owner.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'access_casefile'"
        ).fetchone() == (True,)
        owner.execute(RUN, ["{}"])


def test_verifying_compares_and_leaves_nothing_behind(place: Place) -> None:
    before = place.databases()

    done = place.run("verify", place.file, "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tables"] > 40
    assert "Comparaison ligne à ligne" in done.stderr
    assert place.databases() == before


@pytest.mark.parametrize("command", ["verify", "restore"])
def test_a_spoilt_file_is_one_french_line_and_touches_nothing(place: Place, command: str) -> None:
    place.key("other-key")
    written = place.file.read_bytes()
    flipped = bytearray(written)
    flipped[len(flipped) // 2] ^= 1
    spoilt = {
        "flipped": (bytes(flipped), "key", "altérée ou tronquée"),
        "cut": (written[:-1000], "key", "altérée ou tronquée"),
        "other": (b"PGDMP" + written, "key", "n'est pas une sauvegarde"),
        "key": (written, "other-key", "Cette clé n'ouvre pas"),
    }
    rows, databases = place.rows(place.first), place.databases()
    replace = ["--replace"] if command == "restore" else []
    for name, (content, key, line) in spoilt.items():
        path = place.folder / f"spoilt-{name}"
        path.write_bytes(content)

        done = place.run(command, path, *replace, key=key)

        assert done.returncode == 2
        assert line in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert (place.rows(place.first), place.databases()) == (rows, databases)


def test_a_full_or_used_database_is_not_overwritten(place: Place) -> None:
    rows = place.rows(place.first)

    full = place.run("restore", place.file)
    with place.owner(place.first):
        used = place.run("restore", place.file, "--replace")

    assert (full.returncode, used.returncode) == (2, 2)
    assert "--replace" in full.stderr
    assert "arrêtez Fanal" in used.stderr
    assert place.rows(place.first) == rows


def test_a_backup_never_takes_the_place_of_another(place: Place) -> None:
    written = place.file.read_bytes()

    assert place.run("create", place.file).returncode == 2
    assert place.file.read_bytes() == written


def test_rows_written_meanwhile_are_not_in_it_and_it_stays_consistent(place: Place) -> None:
    path, ended = place.folder / "amid-writes.fanal", threading.Event()

    def write() -> None:
        with place.owner(place.first) as owner:
            while not ended.is_set():
                owner.execute(RUN, ["{}"])
                owner.execute("UPDATE retention_retentionrun SET held = held + 1")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = place.run("create", path)
    finally:
        ended.set()
        writer.join()

    assert made.returncode == 0, made.stderr
    assert place.run("verify", path).returncode == 0


def test_an_interrupted_backup_leaves_no_file(place: Place) -> None:
    path = place.folder / "cut-short.fanal"
    process = subprocess.Popen(
        [*FANAL, "create", str(path)],
        env=place.environment(place.first),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(path.with_name(f"{path.name}.part").exists, seconds=30)
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=deadline(30)) == 130
    assert [one.name for one in place.folder.glob("cut-short*")] == []
