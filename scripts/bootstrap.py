"""
Make ``.venv`` and put Fanal in it, with what its tests need. Standard library only; quick when
all is there. What cannot be had is named first of all, with one line to type.

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
from pathlib import Path

import browser_program
import system_packages

OLDEST = (3, 11)
PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "fanal-stamp.json"
INSTALLER = Path("requirements", "installer.txt")
# What each name asks for, and the installed sets that hold it.
SETS = {"run": ("run", "dev", "peers"), "dev": ("dev", "peers"), "peers": ("peers",)}
QUIET = ("-q", "--disable-pip-version-check")
# What makes an environment where Python alone cannot: with pip in it, for this Python.
MAKERS = {
    "uv": ("uv", "venv", "-q", "--clear", "--seed", "--python", sys.executable, VENV),
    "virtualenv": ("virtualenv", "-q", "--clear", "--python", sys.executable, VENV),
}


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    refuse_old_python(sys.version_info[:2])
    if wanted not in SETS:
        sys.exit("Usage : python3 scripts/bootstrap.py [run|dev|peers]")
    with alone():
        bring_missing_packages(wanted)
        if not is_installed(wanted):
            install(wanted)
        if wanted != "run" and not browser_program.is_decided():
            step("Navigateur", browser_program.decide)


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


def missing_packages(wanted):
    """
    What the system lacks, as Debian names it, and whether we cannot do without.

    An environment that exists needs nothing to be made.
    """
    missing = {}
    if not PYTHON.exists() and not can_make_environment():
        missing["python{}.{}-venv".format(*sys.version_info)] = True
    if wanted != "run" and not browser_program.found():
        packaged = browser_program.is_packaged()
        missing.update((name, not packaged) for name in browser_program.PACKAGES)
    return missing


def bring_missing_packages(wanted):
    missing = missing_packages(wanted)
    if missing and system_packages.may_install():
        # What is also had otherwise may fail: only what is still missing stops us.
        step("Paquets du système", lambda: system_packages.install(missing), must=False)
        missing = missing_packages(wanted)
    needed = [name for name, is_needed in missing.items() if is_needed]
    if needed:
        sys.exit(f"Rien n'a été installé. À taper d'abord : sudo apt install {' '.join(needed)}")


def can_make_environment():
    return has_ensurepip() or bool(own_pip()) or any(map(shutil.which, MAKERS))


def has_ensurepip():
    return works(sys.executable, "-c", "import ensurepip, venv")


def own_pip():
    """The pip of the Python that runs us, which also installs elsewhere; empty without one."""
    has_pip = works(sys.executable, "-c", "import pip, venv")
    return (sys.executable, "-m", "pip") if has_pip else ()


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
    # An environment laid over the remains of another one mixes two Pythons.
    shutil.rmtree(VENV, ignore_errors=True)
    if has_ensurepip():
        run(sys.executable, "-m", "venv", VENV)
    elif own_pip():
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    else:
        run(*MAKERS[next(filter(shutil.which, MAKERS))])


def put_installer():
    with contextlib.suppress(subprocess.CalledProcessError):
        run(*pip(), "install", *QUIET, "--require-hashes", "-r", INSTALLER)


def pip():
    """The environment's own, else that of the Python that made it."""
    inside = (PYTHON, "-m", "pip")
    return inside if works(*inside, "--version") else (*own_pip(), "--python", PYTHON)


def put(*what):
    """Install with uv, or with pip where uv does not run."""
    if works(UV, "--version"):
        try:
            run(UV, "pip", "install", "-q", "--python", PYTHON, *what)
        except subprocess.CalledProcessError:
            say(" (avec pip)", end="")
        else:
            return
    run(*pip(), "install", *QUIET, *what)


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


def step(label, act, *, must=True):
    say(f"{label} …", end="")
    since = time.monotonic()
    try:
        act()
    except subprocess.CalledProcessError:
        if must:
            sys.exit(f"\nL'installation s'est arrêtée à l'étape « {label} ».")
        say(" impossible,", end="")
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
