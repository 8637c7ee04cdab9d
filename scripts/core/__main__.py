"""
``make core``: all that ``make run`` needs works in an environment that has nothing else.

The environment holds ``requirements/run.txt`` and Fanal, no extra and no tool. In it, from a state
folder of its own: modules import, commands say which extra they lack, ``fanal up`` migrates, fills
the demonstration and serves, the worker does its jobs, pages answer. One line for each thing
proved, with its count; it stops at the first kind of thing that fails, and lists all that failed.

What passed is not tried again until a source, a template or a pin changes; ``--again`` tries it.
"""

import signal
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import environment
import visiting
from inside import Proof, ask
from serving import served

LISTED = 40


def main() -> int:
    # Told to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    python = environment.made()
    proved = environment.STATE / "proved"
    now = environment.digest_of_all()
    if "--again" not in sys.argv and proved.exists() and proved.read_text() == now:
        say("Rien n'a changé depuis la dernière preuve (make core AGAIN=1 la refait).")
        return 0
    since = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="fanal-core-") as state,
        closing(proofs(python, Path(state))) as kinds,
    ):
        if not all(map(shown, kinds)):
            return 1
    proved.write_text(now)
    say(f"Le cœur tient seul, en {time.monotonic() - since:.0f} s.")
    return 0


def proofs(python: Path, state: Path) -> Generator[list[Proof], None, None]:
    """One kind after the other; closed, it ends what it started."""
    # It prepares its database while modules are imported: the machine has two processors.
    with served(python, state) as site:
        yield ask(python, state, "code").proofs
        yield site.prove_opened()
        house = ask(python, state, "house")
        yield house.proofs
        assert house.doors is not None  # noqa: S101  (nothing was wrong)
        yield visiting.prove(site.address, house.doors)
        yield site.prove_alive()
    yield site.prove_stopped()


def shown(kind: list[Proof]) -> bool:
    """One line each; whether nothing failed."""
    for proof in kind:
        mark = "✗" if proof.faults else "✓"
        say(f"{mark} {proof.said} : {proof.count}")
        for fault in proof.faults[:LISTED]:
            say(f"    {fault}")
        if len(proof.faults) > LISTED:
            say(f"    … et {len(proof.faults) - LISTED} autres")
    return not any(proof.faults for proof in kind)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
