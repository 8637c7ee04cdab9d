"""Of the rooms below, which import nothing from here: a period that runs, a file put together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fanal.ground.deadlines.models import Clock
from fanal.ground.retention.declarations import Ended, Living, declare_look


def look(files: Collection[int]) -> Iterator[Living | Ended]:
    running = Clock.objects.filter(case_file__in=files, stopped_at__isnull=True)
    for pk in running.values_list("case_file", flat=True):
        yield Living(pk, "un délai court")


declare_look("deadlines", look)
