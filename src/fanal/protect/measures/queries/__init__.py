from fanal.protect.measures.queries.deadlines import clocks_of_measure, my_clocks, running_clocks
from fanal.protect.measures.queries.reading import (
    in_force_lines,
    lock_measure,
    lock_shelter,
    measure_steps,
    measures_of,
    read_measure,
    read_shelter,
    running_shelters,
    shelters_of,
)

__all__ = [
    "clocks_of_measure",
    "in_force_lines",
    "lock_measure",
    "lock_shelter",
    "measure_steps",
    "measures_of",
    "my_clocks",
    "read_measure",
    "read_shelter",
    "running_clocks",
    "running_shelters",
    "shelters_of",
]
