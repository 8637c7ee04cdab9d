"""What a part promises, each by the tests that hold it: ``python benchmarks/claims.py public``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from figures import Figure, show

CLAIMS = {
    "helpline": {
        "no word, no code, no reference in any byte of the browser's profile; page under 60 kB": (
            "tests/browser/test_leaving.py",
        ),
        "holidays of every day 2024-2035 in 101 départements, both nights of clock change": (
            "tests/engines/hours/test_public_holidays.py",
            "tests/engines/hours/test_clocks.py",
        ),
        "a young person writes, and the answer of the département comes back": (
            "tests/browser/test_helpline_loop.py",
        ),
        "the words of the SNATED and of Child Helpline International, both ways without loss": (
            "tests/helpline/nomenclature",
        ),
        "no starvation, an order that is explained": ("tests/engines/triage",),
        "no two listeners on one conversation": ("tests/helpline/chats/test_at_once.py",),
        "nobody left twenty seconds without news": ("tests/helpline/chats/test_live.py",),
    },
    "public": {
        "a professional or hidden record is never reached, nor an unconfirmed word": (
            "tests/prevent/spaces/test_public_services.py",
            "tests/prevent/spaces/test_never_reached.py",
        ),
        "data·inclusion and HSDS, there and back without loss, valid for their schemas": (
            "tests/prevent/spaces/test_formats.py",
            "tests/prevent/spaces/test_schemas.py",
            "tests/prevent/spaces/test_reuse.py",
        ),
        "each département gets a place in it, or the nearest and its distance": (
            "tests/prevent/spaces/test_finding.py",
        ),
        "what all are given differs by nothing but a token": (
            "tests/config/test_shelf.py",
            "tests/house/test_what_all_are_given.py",
        ),
        "under 100 kB, script off, 320 px, 200 %, keyboard, axe: a sample, both themes": (
            "tests/browser/test_public_screens.py",
            "tests/browser/test_front.py",
        ),
        "somebody finds a place, near or nearest": ("tests/browser/test_finding_a_place.py",),
        "a mother finds, takes an appointment, is seen": ("tests/browser/test_appointments.py",),
        "a structure confirms its entry by its link": ("tests/browser/test_freshness.py",),
        "somebody asks, comes back with a code, reads the answer; a danger in five seconds": (
            "tests/browser/test_disclosure.py",
            "tests/browser/test_questions.py",
        ),
        "a lodging is told to the police, and closed": ("tests/browser/test_lodgings.py",),
    },
}


def figures(part: str) -> Iterator[Figure]:
    for claim, files in CLAIMS[part].items():
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *files],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        said = done.stdout.strip().splitlines()[-1]
        yield Figure(
            part, claim, f"{said.strip('= ')} ({time.monotonic() - begun:.0f} s)",
            "holds", done.returncode == 0,
        )  # fmt: skip


if __name__ == "__main__":
    told = list(figures(sys.argv[1]))
    show(told)
    sys.exit(not all(one.holds for one in told))
