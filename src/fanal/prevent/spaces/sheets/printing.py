"""The sheet of each département, as a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

from django.utils.timezone import localdate

from fanal.ground.documents.use_cases import print_page
from fanal.ground.territory.models import Departement
from fanal.prevent.spaces.maps import coarse_map
from fanal.prevent.spaces.sheets.contents import sheet_of

TEMPLATE = Path(__file__).with_name("pocket.typ")


def pocket_sheet(departement: str, *, now: datetime, site: str) -> bytes:
    """
    One A4 on one side, to be folded in eight. The same all day long, unless the directory changes.

    Args:
        site: where to come back, as one types it; empty when it is not known.

    Raises:
        Departement.DoesNotExist: no such département.
    """
    said = sheet_of(departement, now=now, site=site)
    midnight = datetime.combine(localdate(now), time.min, tzinfo=UTC)
    return _printed(json.dumps(said, sort_keys=True), midnight)


@lru_cache(maxsize=128)
def _printed(said: str, written_at: datetime) -> bytes:
    """Kept by what it says: a place that is hidden leaves the next sheet at once."""
    return print_page(TEMPLATE, json.loads(said), written_at=written_at)


def with_a_sheet() -> list[Departement]:
    """The 101 départements of the map."""
    shapes = coarse_map().shapes
    return [one for one in Departement.objects.order_by("code") if one.code in shapes]


def all_sheets(*, now: datetime, site: str) -> Iterator[tuple[str, bytes]]:
    """Of each, its code and its PDF."""
    for one in with_a_sheet():
        yield one.code, pocket_sheet(one.code, now=now, site=site)
