"""
Where somebody is, as far as we want to know it: a cell of about five kilometres.

The browser rounds, and sends the number of a row and of a column; the point itself stays there.
A cell is 5.6 km high; its width goes from 5.0 km in Lille to 5.9 km in Ajaccio, and to 7.9 km
in Cayenne.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanal.ground.territory.models import Commune
from fanal.prevent.spaces.distances import kilometres
from fanal.prevent.spaces.origins import Origin

# In a degree. The page tells its script the same.
ROWS, COLUMNS = 20, 14
WRITTEN = re.compile(r"(-?[0-9]{1,4}):(-?[0-9]{1,4})")
# Past this from the middle of the nearest commune, one is not in France, or in the forest.
FAR_KM = 50.0
# So much of a degree around holds all that is not far, up to 60° of latitude.
NORTH, EAST = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    column: int

    @property
    def latitude(self) -> float:
        """Of its middle."""
        return (self.row + 0.5) / ROWS

    @property
    def longitude(self) -> float:
        return (self.column + 0.5) / COLUMNS


def read_cell(written: str) -> Cell | None:
    """
    >>> read_cell("1012:42")
    Cell(row=1012, column=42)
    >>> read_cell("50.63:3.05") is read_cell("9999:0") is None
    True
    """
    found = WRITTEN.fullmatch(written)
    if found is None:
        return None
    cell = Cell(int(found[1]), int(found[2]))
    on_earth = abs(cell.latitude) <= 90 and abs(cell.longitude) <= 180  # noqa: PLR2004
    return cell if on_earth else None


def origin_of_cell(cell: Cell) -> Origin | None:
    """Its middle, in the département of the nearest commune; nothing far from any of them."""
    around = Commune.objects.filter(
        latitude__range=(cell.latitude - NORTH, cell.latitude + NORTH),
        longitude__range=(cell.longitude - EAST, cell.longitude + EAST),
    )
    measured = around.annotate(km=kilometres(cell.latitude, cell.longitude))
    nearest = measured.filter(km__lte=FAR_KM).order_by("km").first()
    if nearest is None:
        return None
    return Origin("", "vous", nearest.departement_id, cell.latitude, cell.longitude)
