"""Files as people and programs give them, read whole or refused in one French line."""

from fanal.engines.placement.reading.opening import read_past, read_tonight
from fanal.engines.placement.reading.problems import read_problem
from fanal.engines.placement.reading.tasks import read_tasks

__all__ = ["read_past", "read_problem", "read_tasks", "read_tonight"]
