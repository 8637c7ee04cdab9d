"""The environment that holds what ``make run`` installs, and nothing more; kept by its digest."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
STATE = PROJECT / "var" / "core"
PINS = PROJECT / "requirements" / "run.txt"
UV = PROJECT / ".venv" / "bin" / "uv"
SOURCES = ("src/fanal", "scripts/core", "requirements", "pyproject.toml", "tests/doors.py")
NOT_SOURCES = ("__pycache__", ".pyc")


def made() -> Path:
    """The Python of the environment, made if its pins or its place are new."""
    folder = STATE / _digest(PINS, PROJECT / "pyproject.toml")
    python = folder / "bin" / "python"
    whole = folder / "whole"
    with Path(__file__).open("rb") as lock:
        # Two ``make core`` at once must not fill the same environment.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(STATE, ignore_errors=True)
            STATE.mkdir(parents=True)
            sys.stdout.write("Environnement du cœur …\n")
            sys.stdout.flush()
            _make(folder, python)
            whole.touch()
    return python


def digest_of_all() -> str:
    """Of all that a proof depends on: what passed once passes again."""
    found = [
        path
        for name in SOURCES
        for path in sorted([PROJECT / name, *(PROJECT / name).rglob("*")])
        if path.is_file() and not any(part in str(path) for part in NOT_SOURCES)
    ]
    return _digest(*found)


def _digest(*paths: Path) -> str:
    content = hashlib.sha256(f"{PROJECT} {sys.version}".encode())
    for path in paths:
        content.update(f"{path.relative_to(PROJECT)} {path.stat().st_size}\n".encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:20]


def _make(folder: Path, python: Path) -> None:
    """With uv, or with pip where uv does not run."""
    pins = ("--require-hashes", "-r", PINS)
    ours = ("--no-deps", "-e", PROJECT)
    if UV.exists():
        _run(UV, "venv", "-q", "--python", sys.executable, folder)
        for what in (pins, ours):
            _run(UV, "pip", "install", "-q", "--python", python, *what)
        return
    _run(sys.executable, "-m", "venv", folder)
    for what in (pins, ours):
        _run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *what)


def _run(*command: Path | str) -> None:
    subprocess.run(command, cwd=PROJECT, check=True)
