"""The private server: started by the first, stopped by the last, in any folder."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fanal.config.postgres import APPLICATION, OWNER, PrivateServer, join_private_server
from fanal.config.postgres.cleaning import InUse, remove_private_data
from fanal.config.postgres.cluster import LONGEST_ADDRESS, SOCKET, Cluster, NotStarted


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose server was started once and stopped: copying it is quicker than making it."""
    state = tmp_path_factory.mktemp("made")
    join_private_server(disposable=True, state=state).stop()
    return state


@pytest.fixture(scope="module")
def running(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateServer]:
    """A server for the tests that only look at it."""
    copy = tmp_path_factory.mktemp("running") / "var"
    _copy(made, copy)
    server = _join(copy)
    yield server
    server.stop()


@pytest.fixture
def state(made: Path, tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "var"
    _copy(made, copy)
    yield copy
    _stop_all(copy)


def _copy(made: Path, copy: Path) -> None:
    shutil.copytree(made, copy)
    owner = (made / "test-postgres").stat()
    for path in [copy / "test-postgres", *(copy / "test-postgres").rglob("*")]:
        os.chown(path, owner.st_uid, owner.st_gid)


def _stop_all(state: Path) -> None:
    Cluster(data=state / "test-postgres", disposable=True).stop()


def _join(state: Path) -> PrivateServer:
    return join_private_server(disposable=True, state=state)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_last_to_leave_stops_the_server(state: Path) -> None:
    first = _join(state)
    second = _join(state)
    url = second.url_for(APPLICATION)

    first.stop()
    assert _answers(url)
    second.stop()

    assert (first.started, second.started) == (True, False)
    assert not _answers(url)


def test_leaving_twice_takes_the_server_from_nobody(state: Path) -> None:
    first, second = _join(state), _join(state)

    first.stop()
    first.stop()

    assert _answers(second.url_for(APPLICATION))
    second.stop()


def test_data_are_there_after_a_restart(state: Path) -> None:
    server = _join(state)
    with psycopg.connect(server.url_for(OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 119 AS number")
    server.stop()

    server = _join(state)

    with psycopg.connect(server.url_for(OWNER)) as owner:
        assert owner.execute("SELECT number FROM kept").fetchone() == (119,)
    server.stop()


def test_the_application_role_owns_nothing_and_obeys_row_security(
    running: PrivateServer,
) -> None:
    with psycopg.connect(running.url_for(APPLICATION)) as application:
        rights = application.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        owned = application.execute(
            "SELECT count(*) FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')"
        ).fetchone()

    assert rights == (False, False, False, False)
    assert owned == (0,)


def test_the_data_and_the_passwords_are_closed_to_other_accounts(running: PrivateServer) -> None:
    data = running.cluster.data

    assert data.stat().st_mode & 0o777 == 0o700
    assert _passwords(data.parent).stat().st_mode & 0o777 == 0o600


def test_a_password_is_asked_even_of_who_reaches_the_socket(running: PrivateServer) -> None:
    secret = json.loads(_passwords(running.cluster.data.parent).read_text())["owner"]

    assert not _answers(running.url_for(OWNER).replace(secret, "guess"))


def test_the_server_listens_to_no_network(running: PrivateServer) -> None:
    with psycopg.connect(running.url_for(OWNER)) as owner:
        assert owner.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_killed_server_is_started_again(state: Path) -> None:
    server = _join(state)
    pid = _pid(state)
    os.kill(pid, signal.SIGKILL)
    while _is_alive(pid):
        os.sched_yield()

    again = _join(state)

    assert again.started
    assert _answers(again.url_for(APPLICATION))
    server.stop()
    again.stop()


def test_a_number_that_another_program_has_now_is_no_server(state: Path) -> None:
    # As after a restart of the machine: the number written is ours, and we are no PostgreSQL.
    (state / "test-postgres" / "postmaster.pid").write_text(
        f"{os.getpid()}\n/proc/self/fd/3\n0\n5432\n/proc/self/fd/3\n\n0\nready\n"
    )

    server = _join(state)

    assert server.started
    assert _answers(server.url_for(APPLICATION))
    server.stop()


def test_lost_passwords_are_made_again(state: Path) -> None:
    _passwords(state).unlink()

    server = _join(state)

    assert _answers(server.url_for(OWNER))
    server.stop()


def test_data_left_half_made_are_made_again(made: Path, tmp_path: Path) -> None:
    draft = tmp_path / "test-postgres-draft"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    server = _join(tmp_path)

    assert _answers(server.url_for(APPLICATION))
    assert not draft.exists()
    server.stop()


def test_a_folder_deeper_than_a_socket_address_is_served(made: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * LONGEST_ADDRESS)
    _copy(made, deep)

    server = _join(deep)
    folder = server.socket_folder

    assert len(os.fsencode(folder / SOCKET)) <= LONGEST_ADDRESS
    assert _answers(server.url_for(APPLICATION))
    server.stop()
    assert not folder.exists()


def test_a_folder_with_any_name_is_served(made: Path, tmp_path: Path) -> None:
    odd = tmp_path / "l'été, $(date) 50 %\"\\"
    _copy(made, odd)

    server = _join(odd)

    assert _answers(server.url_for(APPLICATION))
    server.stop()


def test_a_folder_closed_to_the_servers_account_is_served(made: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    _copy(made, closed / "var")

    server = _join(closed / "var")

    assert _answers(server.url_for(APPLICATION))
    server.stop()
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_server_that_does_not_start_says_where_its_log_is(state: Path) -> None:
    (state / "test-postgres").rename(state / "postgres")
    (state / "test-postgres-passwords.json").rename(state / "postgres-passwords.json")
    (state / "postgres" / "postgresql.conf").write_text("no_such_setting = on\n")

    with pytest.raises(NotStarted, match=r"server\.log"):
        join_private_server(state=state)


def test_the_tests_own_data_are_made_again_when_they_cannot_be_served(state: Path) -> None:
    (state / "test-postgres" / "postgresql.conf").write_text("no_such_setting = on\n")

    server = _join(state)

    assert _answers(server.url_for(APPLICATION))
    server.stop()


def test_what_is_done_at_the_start_is_done_by_the_first_alone(state: Path) -> None:
    calls: list[PrivateServer] = []
    first, second = (
        join_private_server(disposable=True, state=state, when_started=calls.append)
        for _ in range(2)
    )

    assert calls == [first]
    first.stop()
    second.stop()


def test_cleaning_removes_the_data(state: Path) -> None:
    remove_private_data(state=state)

    assert list(state.iterdir()) == []


def test_cleaning_is_refused_while_somebody_works(state: Path) -> None:
    server = _join(state)

    with pytest.raises(InUse):
        remove_private_data(state=state)

    assert _answers(server.url_for(APPLICATION))
    server.stop()


def _passwords(state: Path) -> Path:
    return state / "test-postgres-passwords.json"


def _pid(state: Path) -> int:
    return int((state / "test-postgres" / "postmaster.pid").read_text().splitlines()[0])


def _is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/cwd").exists()
