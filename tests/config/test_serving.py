"""The programs of the service live together, and end together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deadlines import wait_until
from fanal.config import serving
from fanal.config.database import OWNER_URL
from fanal.config.serving import Ended, PortRefused, PortTaken, refuse_taken_port, serve

HOST = "127.0.0.1"
FOR_EVER = "import time; time.sleep(600)"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def programs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[dict[str, str]], dict[str, Path]]:
    """Serve small scripts in the place of the real programs; each writes its number in a file."""

    def put(scripts: dict[str, str]) -> dict[str, Path]:
        written = {name: tmp_path / f"{name}.pid" for name in scripts}
        for name, script in scripts.items():
            (tmp_path / f"script_{name}.py").write_text(
                f"import os; from pathlib import Path\n"
                f"Path({str(written[name])!r}).write_text(str(os.getpid()))\n{script}\n"
            )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(
            serving, "_programs", lambda **_: {name: [f"script_{name}"] for name in scripts}
        )
        return written

    return put


def _web(port: int) -> str:
    return (
        "from http.server import HTTPServer, SimpleHTTPRequestHandler\n"
        f"HTTPServer(({HOST!r}, {port}), SimpleHTTPRequestHandler).serve_forever()"
    )


def _wait_until_gone(pid: int) -> None:
    wait_until(lambda: not _is_running(pid), what=f"the end of process {pid}")


def _is_running(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_taken_port_is_refused_with_another_to_try(port: int) -> None:
    with socket.create_server((HOST, port)), pytest.raises(PortTaken, match=f"--port {port + 1}"):
        refuse_taken_port(host=HOST, port=port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortRefused):
        refuse_taken_port(host="192.0.2.1", port=8000)


def test_a_port_that_was_just_closed_is_free(port: int) -> None:
    with (
        socket.create_server((HOST, port)) as server,
        socket.create_connection((HOST, port)) as client,
    ):
        accepted, _ = server.accept()
        accepted.close()
        client.recv(1)

    refuse_taken_port(host=HOST, port=port)


def test_an_interruption_ends_every_program(
    programs: Callable[[dict[str, str]], dict[str, Path]], port: int
) -> None:
    written = programs({"web": _web(port), "worker": FOR_EVER})

    def interrupt() -> None:
        wait_until(lambda: all(path.exists() and path.read_text() for path in written.values()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve(host=HOST, port=port, opened=interrupt)

    for path in written.values():
        _wait_until_gone(int(path.read_text()))


def test_when_one_program_ends_the_other_is_ended(
    programs: Callable[[dict[str, str]], dict[str, Path]], port: int
) -> None:
    written = programs({"web": _web(port), "worker": "raise SystemExit(1)"})

    with pytest.raises(Ended, match="worker"):
        serve(host=HOST, port=port, opened=lambda: None)

    if written["web"].exists():
        _wait_until_gone(int(written["web"].read_text()))


def test_the_served_programs_do_not_get_the_owners_address(
    programs: Callable[[dict[str, str]], dict[str, Path]],
    port: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(OWNER_URL, "postgresql://owner@machine/base")
    seen = tmp_path / "seen"
    script = f"Path({str(seen)!r}).write_text(str({OWNER_URL!r} in os.environ))\n"
    programs({"web": script + _web(port)})

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve(host=HOST, port=port, opened=interrupt)

    assert seen.read_text() == "False"


def test_a_program_ends_when_the_one_who_started_it_is_killed(tmp_path: Path) -> None:
    written = tmp_path / "child.pid"
    child = f"import os; open({str(written)!r}, 'w').write(str(os.getpid())); {FOR_EVER}"
    parent = (
        "import os, subprocess, sys\n"
        "bound = [sys.executable, '-m', 'fanal.config.bound', str(os.getpid())]\n"
        f"subprocess.run([*bound, sys.executable, '-c', {child!r}])\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as process:
        wait_until(lambda: written.exists() and written.read_text())
        os.kill(process.pid, signal.SIGKILL)

    _wait_until_gone(int(written.read_text()))
