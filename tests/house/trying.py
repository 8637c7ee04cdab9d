"""One fault at a time, in a copy of the tree that has its own state: what do its tests say?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from house.seeded import ROOT, Fault

FOLDER = ROOT / "var" / "faults"
TREE = FOLDER / "tree"
# Neither what a whole run leaves out nor what its folders may cost is asked of one test.
ARGUMENTS = ("-n", "0", "-p", "no:randomly", "-p", "no:cacheprovider", "-q", "--no-header",
             "-p", "no:leaving_out", "-p", "no:budgets",
             "-W", "ignore::pytest.PytestAssertRewriteWarning")  # fmt: skip
# Seconds, on a machine that does ten other things.
LONGEST_TRY = 300
# A test that falls so does not refuse what it met: the fault broke the program instead.
BREAKAGES = {
    "ImportError", "ModuleNotFoundError", "SyntaxError", "IndentationError", "NameError",
    "UnboundLocalError", "AttributeError", "TypeError", "TemplateSyntaxError",
    "FieldError", "ImproperlyConfigured", "OperationalError", "UndefinedTable",
    "UndefinedColumn", "UndefinedFunction", "FileNotFoundError",
}  # fmt: skip


class NotReady(Exception):
    """What the tries need is not there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``state``: caught, survived or broken. ``why``: what was raised, or what is wrong."""

    name: str
    state: str
    why: str
    seconds: float


class Trials:
    """The copy, the server that it holds, and the process from which each run begins."""

    def __enter__(self) -> Trials:
        copy_tree()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FANAL_")}
        self.environment = kept | {
            "PYTHONPATH": os.pathsep.join((str(TREE / "src"), str(TREE / "tests"))),
            "FANAL_STATE": str(FOLDER / "state"),
        }
        self.server = self._started("house.held_server")
        self.beginner = self._started("house.beginner")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for process in (self.beginner, self.server):
            if process.stdin:
                process.stdin.close()
            process.wait()

    def clean(self, faults: Iterable[Fault]) -> float:
        """
        All the tests that faults name, on the tree as it stands.

        Raises:
            NotReady: one of them does not pass, or is not there.
        """
        begun = time.monotonic()
        named = sorted({test for fault in faults for test in fault.tests})
        found, output = self._run(named, seconds=0)
        self._asked(self.server, "keep")
        wrong = [one["test"] for one in [*found.get("failed", []), *found.get("broken", [])]]
        missing = [one for one in named if not _of(one, found.get("passed", []))]
        if wrong or missing:
            said = ("These do not pass without a fault:", *wrong, *missing, output)
            raise NotReady("\n".join(said))
        return time.monotonic() - begun

    def try_one(self, fault: Fault) -> Verdict:
        begun, path = time.monotonic(), TREE / fault.file
        former, when = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(fault.made_in(former), encoding="utf-8")
        said = "done"
        try:
            if fault.is_sql:
                said = self._asked(self.server, f"shape {fault.file}")
            # Of the cases of one test, one that falls is enough.
            first = ("-x",) if len(fault.tests) == 1 else ()
            found, output = self._run((*first, *fault.tests)) if said == "done" else ({}, said)
        finally:
            path.write_text(former, encoding="utf-8")
            os.utime(path, ns=(when.st_atime_ns, when.st_mtime_ns))
            if fault.shapes_the_database:
                self._asked(self.server, "tidy")
        state, why = _judged(fault, found, output)
        return Verdict(fault.name, state, why, time.monotonic() - begun)

    def _run(
        self, tests: Iterable[str], *, seconds: int = LONGEST_TRY
    ) -> tuple[dict[str, list[dict[str, str]]], str]:
        witness, output = FOLDER / "witness.json", FOLDER / "output.txt"
        witness.unlink(missing_ok=True)
        asked = {
            "arguments": [*ARGUMENTS, *tests],
            "witness": str(witness),
            "output": str(output),
            "seconds": seconds,
        }
        self._asked(self.beginner, json.dumps(asked))
        told = output.read_text(encoding="utf-8")
        if not witness.exists():
            return {}, told[-2_000:]
        found = json.loads(witness.read_text(encoding="utf-8"))
        if not found.pop("package").startswith(str(TREE)):
            raise NotReady("The copy was not what Python imported.")
        return found, told[-2_000:]

    def _started(self, module: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=TREE,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer(process)
        return process

    def _asked(self, process: subprocess.Popen[str], line: str) -> str:
        assert process.stdin
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        return self._answer(process)

    @staticmethod
    def _answer(process: subprocess.Popen[str]) -> str:
        assert process.stdout
        if not (line := process.stdout.readline()):
            raise NotReady("A process of the tries ended.")
        return line.strip()


def copy_tree() -> None:
    """The files of the working tree that Git knows or would take, and nothing that it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    wanted = {one for one in listed if one and (ROOT / one).is_file()}
    if TREE.exists():
        for path in TREE.rglob("*"):
            made = not path.is_file() or "__pycache__" in path.parts
            if not made and str(path.relative_to(TREE)) not in wanted:
                path.unlink()
    for one in sorted(wanted):
        _copy(ROOT / one, TREE / one)
    # What was compiled once is not compiled again for the copy.
    for compiled in (ROOT / "src").rglob("__pycache__/*.nb[ic]"):
        _copy(compiled, TREE / compiled.relative_to(ROOT))


def _copy(source: Path, target: Path) -> None:
    there, here = target.stat() if target.exists() else None, source.stat()
    if there and (there.st_mtime_ns, there.st_size) == (here.st_mtime_ns, here.st_size):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _of(named: str, reports: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The reports of a test that is named without its parameters, or of a file."""
    begins = (f"{named}[", f"{named}::")
    return [one for one in reports if one["test"] == named or one["test"].startswith(begins)]


def _judged(fault: Fault, found: dict[str, list[dict[str, str]]], output: str) -> tuple[str, str]:
    if not found:
        return "broken", output[-300:]
    # What a test left behind as it fell is no breakage of its own.
    fallen = {one["test"] for one in found["failed"]}
    if broken := [one for one in found["broken"] if one["test"] not in fallen]:
        one = broken[0]
        return "broken", f"{one['when']}: {one['raised']} {one['message']}"
    refused = []
    for test in fault.tests:
        fell = _of(test, found["failed"])
        if not fell:
            return "survived", test
        if not (sound := [one for one in fell if not {one["raised"], one["cause"]} & BREAKAGES]):
            return "broken", f"{fell[0]['raised']}: {fell[0]['message']}"
        refused.append(f"{sound[0]['raised']}: {sound[0]['message']}")
    return "caught", refused[0]
