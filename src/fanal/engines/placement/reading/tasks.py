"""Generalised assignments as the OR-Library lays them out: plain whole numbers."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from fanal.engines.placement.agents import Tasks
from fanal.engines.placement.reading.files import shown, text_of, unreadable

ODD = re.compile(r"[^\s0-9]+[^\s]*|[0-9]{13,}")
HEAD = 2


def read_tasks(path: Path) -> Tasks:
    """
    « agents tasks », costs, weights (a row an agent), capacities.

    Raises:
        NotPlaced: the file is not one.
    """
    text = text_of(path)
    odd = ODD.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise unreadable(
            f"Ligne {line} : « {shown(odd.group())} » n'est pas un nombre entier, positif ou nul, "
            "de douze chiffres au plus."
        )
    words = text.split()
    if len(words) < HEAD:
        raise unreadable("Il faut un nombre d'agents, un nombre de tâches, puis leurs valeurs.")
    numbers = np.array(words, dtype=np.int64)
    agents, tasks = int(numbers[0]), int(numbers[1])
    expected = HEAD + 2 * agents * tasks + agents
    if agents < 1 or tasks < 1 or numbers.size != expected:
        raise unreadable(
            f"Pour {agents} agents et {tasks} tâches, il faut {expected} nombres ; "
            f"il y en a {numbers.size}."
        )
    body = numbers[HEAD : HEAD + 2 * agents * tasks].reshape(2, agents, tasks)
    return Tasks(cost=body[0], weight=body[1], capacity=numbers[-agents:])
