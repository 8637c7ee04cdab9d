"""
A system where nothing stands but Debian's own Python, git and make, and ways to act in it.

Made once by mmdebstrap and kept under ``var/bare`` by digest; each trial writes over it in a layer
of its own, in a namespace of its own, so that nothing it leaves or starts outlives it.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import system_packages

PROJECT = Path(__file__).resolve().parent.parent
KEPT = PROJECT / "var" / "bare"
INCLUDED = "python3,git,make"
# How this machine reaches its package indexes, whatever they are: passed on, never written down.
PASSED = re.compile(r"(PIP|UV|NPM_CONFIG)_|(HTTPS?|ALL|NO)_PROXY$", re.IGNORECASE)
AUTHORITIES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
CACHES = re.compile(r"cache|venv|python", re.IGNORECASE)
OF_MACHINE = ("etc/pip.conf", "etc/uv/uv.toml", "etc/npmrc", "etc/resolv.conf", "etc/hosts")
OF_HOME = (".config/pip/pip.conf", ".pip/pip.conf", ".config/uv/uv.toml", ".npmrc")
PATHS_OF_PIP = re.compile(r"^(\s*(?:cert|find-links)\s*=\s*)(.+)$", re.MULTILINE)


def made(suite):
    """The folder of a bare system."""
    sources, options = _sources(suite), _apt_options()
    asked = [suite, INCLUDED, *sources, *(path.read_text() for path in options)]
    folder = KEPT / f"{suite}-{hashlib.sha256(repr(asked).encode()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    if shutil.which("mmdebstrap") is None:
        system_packages.install(["mmdebstrap"])
    KEPT.mkdir(parents=True, exist_ok=True)
    building = folder.with_suffix(".part")
    shutil.rmtree(building, ignore_errors=True)
    given = [f"--aptopt={path}" for path in options]
    command = ["mmdebstrap", "-q", "--variant=apt", f"--include={INCLUDED}", *given, suite]
    subprocess.run([*command, building, *sources], check=True)
    return building.rename(folder)


def _sources(suite):
    """Where this machine takes Debian from, for another of its versions; none elsewhere."""
    if shutil.which("apt-get") is None:
        return []
    # Of the lists of packages alone: one line for each, where it is and of which version.
    form = ("--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages")
    asked = ["/usr/bin/apt-get", "indextargets", *form]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    ours = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(), re.MULTILINE)
    found = sorted({tuple(line.rsplit(" ", 1)) for line in told.splitlines()})
    return [
        f"deb {address} {release.replace(ours[1], suite)} main"
        for address, release in found
        if ours and release.startswith(ours[1])
    ]


def _apt_options():
    folder = Path("/etc/apt/apt.conf.d")
    files = sorted(folder.iterdir()) if folder.exists() else []
    return [path for path in files if "Acquire::" in path.read_text()]


class BareSystem:
    """Where we are, in a namespace of our own, under the name of ``user``."""

    def __init__(self, below, above, *, user):
        self.root, self.user = above / "root", user
        self.home = Path("/root" if user == "root" else f"/home/{user}")
        for name in ("root", "upper", "work"):
            (above / name).mkdir(parents=True)
        layers = f"lowerdir={below},upperdir={above}/upper,workdir={above}/work"
        _mount("-t", "overlay", "overlay", "-o", layers, self.root)
        _mount("-t", "proc", "proc", self.root / "proc")
        _mount("--rbind", "/dev", self.root / "dev")
        _mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", self.root / "dev" / "shm")
        if user != "root":
            self._welcome()
        self.environment = {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        }
        self._pass_configuration()

    def command(self, words, *, user=None):
        """What runs shell words in the home of somebody."""
        given = [f"{name}={value}" for name, value in self.environment.items()]
        entering = ["chroot", f"--userspec={user or self.user}", self.root]
        return [*entering, "env", "-i", *given, "sh", "-c", f'cd "$HOME" && {words}']

    def run(self, words, *, user=None):
        done = subprocess.run(
            self.command(words, user=user), check=False, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise SystemExit(f"« {words} » : {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def put(self, source, place):
        """A copy of a file of this machine, that this system's user may read."""
        copy = self.root / str(place).lstrip("/")
        missing = [one for one in reversed(copy.parents) if not one.exists()]
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Some are links into what is not mounted here.
        copy.unlink(missing_ok=True)
        shutil.copyfile(source, copy)
        if copy.is_relative_to(self.root / str(self.home).lstrip("/")):
            for path in (*missing, copy):
                os.chown(path, *self._owner())

    def _owner(self):
        return (0, 0) if self.user == "root" else (1000, 1000)

    def _welcome(self):
        for name, line in (
            ("passwd", f"{self.user}:x:1000:1000::{self.home}:/bin/sh"),
            ("group", f"{self.user}:x:1000:"),
        ):
            with (self.root / "etc" / name).open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        home = self.root / str(self.home).lstrip("/")
        home.mkdir(mode=0o700)
        os.chown(home, *self._owner())

    def _pass_configuration(self):
        for name, value in os.environ.items():
            if name in AUTHORITIES or (PASSED.match(name) and not CACHES.search(name)):
                self.environment[name] = self._passed(value)
        for name in OF_MACHINE:
            if Path("/", name).is_file():
                self.put(Path("/", name), name)
        for name in OF_HOME:
            if (Path.home() / name).is_file():
                self.put(Path.home() / name, self.home / name)
        for path in (Path("/etc/pip.conf"), *(self.home / name for name in OF_HOME[:2])):
            copy = self.root / str(path).lstrip("/")
            if copy.is_file():
                told = PATHS_OF_PIP.sub(
                    lambda found: found[1] + self._passed(found[2]),
                    copy.read_text(encoding="utf-8"),
                )
                copy.write_text(told, encoding="utf-8")

    def _passed(self, value):
        """A value whose paths hold here what they hold on this machine."""
        for path in map(Path, value.split()):
            place = self.root / str(path).lstrip("/")
            if path.is_absolute() and path.is_file():
                # Elsewhere: a package of Debian writes the authorities anew at their own place.
                self.put(path, f"/opt/passed{path}")
                value = value.replace(str(path), f"/opt/passed{path}")
            elif path.is_absolute() and path.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                _mount("--bind", "-o", "ro", path, place)
        return value


def _mount(*arguments):
    subprocess.run(["/usr/bin/mount", *arguments], check=True)
