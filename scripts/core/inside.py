"""What is asked of the clean environment: its own Python answers, in JSON."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANSWERS = Path(__file__).with_name("answers.py")
# What an instance is told by: none of it comes from whoever runs the proof.
OURS = ("FANAL_", "DATABASE_", "DJANGO_", "PYTHON", "VIRTUAL_ENV", "SPARK_")
TOO_LONG = 600


@dataclass(frozen=True)
class Proof:
    """``said``: in French, what is proved. ``count``: of how many. ``faults``: one line each."""

    said: str
    count: int | str
    faults: list[str]


@dataclass(frozen=True)
class Door:
    """``route``: as the URL configuration has it. ``reads``: a browser may go there."""

    route: str
    reads: bool
    holes: bool


@dataclass(frozen=True)
class Doors:
    public: list[Door]
    # By role: its label.
    roles: dict[str, str]
    # Address of each demonstration account: the roles that it holds.
    accounts: dict[str, list[str]]
    absent: list[str]


def clean(state: Path) -> dict[str, str]:
    """The environment variables of an instance that nobody has set up."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return kept | {"FANAL_STATE": str(state)}


@dataclass(frozen=True)
class Answer:
    proofs: list[Proof]
    doors: Doors | None = None


def ask(python: Path, state: Path, what: str) -> Answer:
    done = subprocess.run(
        [python, ANSWERS, what],
        env=clean(state),
        capture_output=True,
        text=True,
        timeout=TOO_LONG,
        check=False,
    )
    if done.returncode:
        return Answer([Proof(f"« {what} » n'a pas pu être demandé", "", [done.stderr[-3000:]])])
    told = json.loads(done.stdout)
    return Answer([Proof(**one) for one in told["proofs"]], _doors(told.get("doors")))


def _doors(told: dict[str, Any] | None) -> Doors | None:
    if told is None:
        return None
    return Doors(**(told | {"public": [Door(**one) for one in told["public"]]}))
