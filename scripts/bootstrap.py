"""
Make ``.venv`` and put Fanal in it. Standard library only; quick when all is there.

Usage: ``python3 scripts/bootstrap.py [run|dev|peers]``. Its syntax is that of older Pythons than
the one Fanal needs: they must be able to read the line that refuses them.
"""

import contextlib
import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

OLDEST = (3, 11)
PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "fanal-stamp.json"
INSTALLER = Path("requirements", "installer.txt")
# What each name asks for, and the installed sets that hold it.
SETS = {"run": ("run", "dev", "peers"), "dev": ("dev", "peers"), "peers": ("peers",)}
PIP = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    refuse_old_python(sys.version_info[:2])
    if wanted not in SETS:
        sys.exit("Usage : python3 scripts/bootstrap.py [run|dev|peers]")
    with alone():
        if not is_installed(wanted):
            install(wanted)


def refuse_old_python(version):
    if version < OLDEST:
        ours = ".".join(str(number) for number in version)
        sys.exit(
            f"Fanal demande Python 3.11 ou plus récent ; celui-ci est en {ours}. "
            "Essayez : make run PYTHON=python3.11"
        )


def is_installed(wanted):
    stamps = read_stamps()
    return PYTHON.exists() and any(stamps.get(name) == digest(name) for name in SETS[wanted])


def install(wanted):
    if not works(PYTHON, "-c", ""):
        step("Environnement Python", make_environment)
    step("Installeur", put_installer)
    requirements = Path("requirements", f"{wanted}.txt")
    step("Bibliothèques", lambda: put("--require-hashes", "-r", requirements))
    step("Fanal", lambda: put("--no-deps", "-e", "."))
    # Pins of a set installed before may just have been replaced: only this one is sure.
    STAMP.write_text(json.dumps({wanted: digest(wanted)}), encoding="utf-8")


def make_environment():
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit("\nIl manque à Python de quoi créer un environnement : apt install python3-venv")
    # An environment laid over the remains of another one mixes two Pythons.
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True, symlinks=True)


def put_installer():
    if not works(PYTHON, "-m", "pip", "--version"):
        run(PYTHON, "-m", "ensurepip")
    with contextlib.suppress(subprocess.CalledProcessError):
        run(*PIP, "--require-hashes", "-r", INSTALLER)


def put(*what):
    """Install with uv, or with pip where uv does not run."""
    if works(UV, "--version"):
        try:
            run(UV, "pip", "install", "-q", "--python", PYTHON, *what)
        except subprocess.CalledProcessError:
            say(" (avec pip)", end="")
        else:
            return
    run(*PIP, *what)


def digest(name):
    """Of all that decides what the environment holds; the folder is in it, for scripts name it."""
    content = hashlib.sha256(str(PROJECT).encode())
    for path in (Path("requirements", f"{name}.txt"), INSTALLER, "pyproject.toml"):
        content.update((PROJECT / path).read_bytes())
    return content.hexdigest()


def read_stamps():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def works(*command):
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def run(*command):
    # What is said goes to the error output: the other one belongs to the command that follows.
    subprocess.run(command, cwd=PROJECT, check=True, stdout=sys.stderr)


def step(label, act):
    say(f"{label} …", end="")
    since = time.monotonic()
    try:
        act()
    except subprocess.CalledProcessError:
        sys.exit(f"\nL'installation s'est arrêtée à l'étape « {label} ».")
    say(f" {time.monotonic() - since:.1f} s".replace(".", ","))


def say(words, end="\n"):
    sys.stderr.write(words + end)
    sys.stderr.flush()


@contextlib.contextmanager
def alone():
    """Two ``make`` at once must not fill the same environment."""
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrompu.")
