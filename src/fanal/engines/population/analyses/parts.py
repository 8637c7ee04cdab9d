"""Tables made of a table: two lists as one, and what others saw of the people of a list."""

from __future__ import annotations

from fanal.engines.population.tables import CaptureTable


def merged(table: CaptureTable, one: int, other: int) -> CaptureTable:
    """The table as if these two lists were one, in the place of the first of them."""
    first, second = min(one, other), max(one, other)
    left, low, high = ([0] * (1 << (table.t - 1)) for _ in range(3))
    possible = {0}
    keep = (1 << second) - 1
    for history in range(1, 1 << table.t):
        either = history | (history >> second & 1) << first
        reduced = (either & keep) | (either >> second + 1 << second)
        left[reduced] += table.counts[history]
        low[reduced] += table.low[history]
        high[reduced] += table.high[history]
        if history not in table.impossible:
            possible.add(reduced)
    names = [name for place, name in enumerate(table.lists) if place != second]
    names[first] = f"{table.lists[first]}+{table.lists[second]}"
    impossible = frozenset(range(1 << (table.t - 1))) - possible
    return CaptureTable(tuple(names), tuple(left), tuple(low), tuple(high), impossible)


def within(table: CaptureTable, number: int) -> CaptureTable:
    """What the other lists saw of the people of this one."""
    keep = (1 << number) - 1
    histories = [
        (rest & keep) | 1 << number | (rest >> number << number + 1)
        for rest in range(1 << (table.t - 1))
    ]
    left, low, high = (
        (0, *(counts[history] for history in histories[1:]))
        for counts in (table.counts, table.low, table.high)
    )
    names = tuple(name for place, name in enumerate(table.lists) if place != number)
    impossible = frozenset(
        rest for rest, history in enumerate(histories) if rest and history in table.impossible
    )
    return CaptureTable(names, left, low, high, impossible)
