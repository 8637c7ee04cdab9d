"""
The hours at which the tests live: one switch for them, for PostgreSQL and for every server.

``FANAL_TEST_CLOCK=leap-day-evening python -m pytest …`` (a name below, or an instant such as
``2028-02-29T23:30+01:00``) begins all processes again under libfaketime, with so many seconds
more than the machine's own clock. Time passes as it does; what measures how long (monotonic
clocks) and the dates of files are left alone.

``python tests/clocks.py -m pytest …`` runs the same command at each clock, one after the other.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from fanal.config.postgres.cluster import Cluster

SWITCH, HELD, SHIFT_FILE = "FANAL_TEST_CLOCK", "FANAL_TEST_CLOCK_HELD", "FAKETIME_TIMESTAMP_FILE"
# What the machine's own time was when its monotonic clock, which nothing shifts, began.
BEGUN = "FANAL_TEST_CLOCK_BEGUN"
LIBRARY = "libfaketime.so.1"
SYSTEM = (f"/usr/lib/{platform.machine()}-linux-gnu/faketime", "/usr/lib64/faketime")
# What waits, and what compares the dates of files, knows the machine's own time.
LEFT_ALONE = {
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
    "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    "NO_FAKE_STAT": "1",
    "FAKE_UTIME": "0",
}
MISSING = (
    "Les tests à une autre heure ont besoin de libfaketime pour cette machine : "
    "apt install faketime"
)


class NoSuchClock(ValueError):
    pass


class NoFakeTime(RuntimeError):
    pass


@dataclass(frozen=True, slots=True)
class Clock:
    """When it is, and what zone the machine and the browser think they are in."""

    name: str
    at: datetime
    zone: str = "Europe/Paris"

    @property
    def shift(self) -> int:
        """Seconds from the machine's own time."""
        begun = os.environ.get(BEGUN)
        real = float(begun) + time.monotonic() if begun else time.time()
        return round(self.at.timestamp() - real)


def _clock(name: str, at: str, zone: str = "Europe/Paris") -> Clock:
    return Clock(name, datetime.fromisoformat(at), zone)


# In the order of time: PostgreSQL is spared going back.
CLOCKS = {
    one.name: one
    for one in (
        _clock("after-midnight", "2027-01-15T00:05+01:00"),
        _clock("noon", "2027-02-10T12:00+01:00"),
        _clock("evening", "2027-03-16T23:30+01:00"),
        # A minute before two, then three in the morning.
        _clock("spring-change", "2027-03-28T01:59+01:00"),
        _clock("summer-evening", "2027-06-30T23:30+02:00"),
        # Half past two, for the first time.
        _clock("autumn-change", "2027-10-31T02:30+02:00"),
        _clock("last-evening", "2027-12-31T23:30+01:00"),
        _clock("leap-day", "2028-02-29T00:05+01:00"),
        _clock("leap-day-evening", "2028-02-29T23:30+01:00"),
        # Already tomorrow there, still yesterday there.
        _clock("reunion", "2028-03-31T23:00+02:00", "Indian/Reunion"),
        _clock("martinique", "2028-05-01T02:00+02:00", "America/Martinique"),
        _clock("polynesia", "2028-07-01T09:00+02:00", "Pacific/Tahiti"),
        _clock("wallis", "2028-08-31T14:30+02:00", "Pacific/Wallis"),
    )
}


def clock_named(name: str) -> Clock:
    """
    Raises:
        NoSuchClock: neither one of these names nor an instant with its zone.
    """
    if name in CLOCKS:
        return CLOCKS[name]
    try:
        at = datetime.fromisoformat(name)
    except ValueError:
        at = datetime.min  # noqa: DTZ901 — refused below, as any without its zone
    if at.tzinfo is None:
        raise NoSuchClock(
            f"{SWITCH}={name} : ni un instant avec son fuseau, ni {', '.join(CLOCKS)}"
        )
    return Clock(name, at)


def library() -> Path:
    """
    A copy of libfaketime that every account of the machine can read.

    Raises:
        NoFakeTime: neither the package's nor the system's works on this machine.
    """
    found = find_spec("libfaketime")
    inside = (
        Path(found.origin).parent / "vendor/libfaketime/src" if found and found.origin else None
    )
    folder = Path(tempfile.gettempdir()) / f"fanal-clock-{os.getuid()}"
    for place in filter(None, (inside, *map(Path, SYSTEM))):
        if not (place / LIBRARY).exists():
            continue
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            break
        copy, draft = folder / LIBRARY, folder / f"{os.getpid()}.part"
        shutil.copyfile(place / LIBRARY, draft)
        draft.chmod(0o755)
        draft.replace(copy)
        if _works(copy):
            return copy
    raise NoFakeTime(MISSING)


def _works(copy: Path) -> bool:
    told = subprocess.run(
        ["date", "-u", "+%Y-%m"],
        env=os.environ | LEFT_ALONE | {"LD_PRELOAD": str(copy), "FAKETIME": "+9000d"},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.startswith("205")


def shifted(clock: Clock) -> dict[str, str]:
    """The environment of whatever must live at this clock."""
    return LEFT_ALONE | {"LD_PRELOAD": str(library()), "FAKETIME": f"{clock.shift:+d}"}


def movable() -> dict[str, str]:
    """The same, at the shift that a file says, which ``move_to`` makes another."""
    copy = library()
    file = copy.with_name(f"shift-{os.getpid()}")
    _write(file, "+0")
    told = {"LD_PRELOAD": str(copy), SHIFT_FILE: str(file), "FAKETIME_NO_CACHE": "1"}
    begun = time.time() - time.monotonic()
    return LEFT_ALONE | told | {BEGUN: str(begun), HELD: "movable"}


def move_to(clock: Clock) -> None:
    """From now on all that ``movable`` started lives there, PostgreSQL as well."""
    _write(Path(os.environ[SHIFT_FILE]), f"{clock.shift:+d}")


def _write(file: Path, shift: str) -> None:
    draft = file.with_suffix(".part")
    draft.write_text(f"{shift}\n", encoding="ascii")
    draft.chmod(0o644)
    draft.replace(file)


def preloaded() -> dict[str, str]:
    """What this process was given, for those that it starts with an environment of their own."""
    names = (*LEFT_ALONE, "LD_PRELOAD", "FAKETIME", SHIFT_FILE, "FAKETIME_NO_CACHE")
    return {name: os.environ[name] for name in names if name in os.environ}


def is_held() -> bool:
    """Whether this process lives at a clock."""
    return HELD in os.environ


def begin_again_at(clock: Clock, state: Path) -> None:
    """This process anew, at a clock, with servers of its own; never comes back."""
    folder, held = _folder_alone(state)
    # Kept across the new beginning, and let go with the process.
    os.set_inheritable(held, True)
    environment = os.environ | shifted(clock)
    environment |= {HELD: clock.name, "TZ": clock.zone, "FANAL_STATE": str(folder)}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606


@contextmanager
def moving(state: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that lives at the clocks it chooses, one after the other."""
    folder, held = _folder_alone(state)
    try:
        yield movable() | {"FANAL_STATE": str(folder)}
    finally:
        os.close(held)


def _folder_alone(state: Path) -> tuple[Path, int]:
    """
    The data of the clocks, and the descriptor that holds them: two would share a PostgreSQL.

    A run that was killed leaves its server behind, at another hour.
    """
    folder = state / "clock"
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(state / "clock.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    Cluster(data=folder / "test-postgres", disposable=True).stop()
    return folder, held


def main() -> int:
    worst = 0
    for clock in CLOCKS.values():
        print(f"— {clock.name} : {clock.at:%d/%m/%Y %H:%M %Z}, {clock.zone}", flush=True)
        done = subprocess.run(
            [sys.executable, *sys.argv[1:]], env=os.environ | {SWITCH: clock.name}, check=False
        )
        worst = worst or done.returncode
    return worst


if __name__ == "__main__":
    sys.exit(main())
