"""Problems read from files: placements in JSON, generalised assignments in plain numbers."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from fanal.engines.placement.agents import Tasks
from fanal.engines.placement.arcs import TAKEN, plain_arcs
from fanal.engines.placement.problem import Ints, Problem
from fanal.engines.placement.refusals import Code, NotPlaced

LARGEST_FILE = 512 * 2**20
GZIP = b"\x1f\x8b"
COLUMNS = ("arcs", "unit_facility", "unit_places", "unplaced_penalty")
NUMBERS = re.compile(r"[\s\d]*")
LONGEST_NUMBER = 12
HEAD = 2


def read_problem(path: Path) -> Problem:
    """
    A placement file, compressed or not; the answer it may hold is not read.

    Raises:
        NotPlaced: the file is not one, or its rules contradict each other.
    """
    rest, arcs = plain_arcs(_text(path))
    document = _document(rest)
    missing = [name for name in COLUMNS if name not in document]
    if missing:
        raise _unreadable(f"Il y manque {', '.join(f'« {name} »' for name in missing)}.")
    if arcs is None or document["arcs"] != TAKEN:
        arcs = _whole(_document(_text(path))["arcs"], "arcs", wide=3)
    return Problem(
        request=arcs[:, 0].copy(),
        unit=arcs[:, 1].copy(),
        cost=arcs[:, 2].copy(),
        facility=_whole(document["unit_facility"], "unit_facility"),
        places=_whole(document["unit_places"], "unit_places"),
        penalty=_whole(document["unplaced_penalty"], "unplaced_penalty"),
        apart=_groups(document, "keep_apart"),
        together=_groups(document, "keep_together"),
    )


def read_tasks(path: Path) -> Tasks:
    """
    A generalised assignment: « agents tasks », costs, weights (a row an agent), capacities.

    Raises:
        NotPlaced: the file is not one.
    """
    text = _text(path)
    if not NUMBERS.fullmatch(text):
        raise _unreadable("Il doit n'y avoir que des nombres entiers, positifs ou nuls.")
    words = text.split()
    if len(words) < HEAD or any(len(word) > LONGEST_NUMBER for word in words):
        raise _unreadable("Il faut un nombre d'agents, un nombre de tâches, puis leurs valeurs.")
    numbers = np.array(words, dtype=np.int64)
    agents, tasks = int(numbers[0]), int(numbers[1])
    expected = HEAD + 2 * agents * tasks + agents
    if agents < 1 or tasks < 1 or numbers.size != expected:
        raise _unreadable(
            f"Pour {agents} agents et {tasks} tâches, il faut {expected} nombres ; "
            f"il y en a {numbers.size}."
        )
    body = numbers[HEAD : HEAD + 2 * agents * tasks].reshape(2, agents, tasks)
    return Tasks(cost=body[0], weight=body[1], capacity=numbers[-agents:])


def _unreadable(detail: str) -> NotPlaced:
    return NotPlaced(Code.UNREADABLE, detail)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable("Il est trop gros.")
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = _opened(path)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("Ce n'est pas du texte.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _unreadable("Il est comprimé, et abîmé.") from None
    except FileNotFoundError:
        raise _unreadable(f"{path} n'existe pas.") from None
    except OSError:
        raise _unreadable(f"{path} ne s'ouvre pas.") from None
    if not text.strip():
        raise _unreadable("Il est vide.")
    return text


def _opened(path: Path) -> bytes:
    with gzip.open(path) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _unreadable("Il est trop gros, une fois décomprimé.")
    return content


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable("Ce n'est pas du JSON.") from None
    if not isinstance(document, dict):
        raise _unreadable("Il faut un objet JSON, avec ses colonnes.")
    return document


def _whole(value: Any, name: str, *, wide: int = 0) -> Ints:
    """Whole numbers, by rows of ``wide`` when it is given."""
    try:
        flat = [one for row in value for one in row] if wide else value
        if wide and set(map(len, value)) - {wide}:
            raise TypeError
        if not isinstance(flat, list) or set(map(type, flat)) - {int}:
            raise TypeError
        numbers = np.array(flat, dtype=np.int64)
    except (TypeError, ValueError, OverflowError):
        rows = f"des lignes de {wide} nombres entiers" if wide else "des nombres entiers"
        raise _unreadable(f"« {name} » doit tenir {rows}.") from None
    return numbers.reshape(-1, wide) if wide else numbers


def _groups(document: dict[str, Any], name: str) -> tuple[tuple[int, ...], ...]:
    value = document.get(name, [])
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise _unreadable(f"« {name} » doit être une liste de groupes.")
    return tuple(tuple(_whole(group, name).tolist()) for group in value)
