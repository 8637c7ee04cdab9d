"""The sealer beside the worker: traces are linked within seconds of their act."""

from __future__ import annotations

import threading
from logging import getLogger

from django.db import DatabaseError, connection
from django.utils.timezone import now

from fanal.ground.access.asking import acting_as
from fanal.ground.audit.keeping import Head, Keeper, keeper
from fanal.ground.audit.sealing import heads, journal, link_traces

# Asked rather than told: a notification per trace would make every act wait for the others.
SECONDS = 2.0

logger = getLogger(__name__)


class Linking:
    """One turn after the other; each head that moved is kept elsewhere too."""

    def __init__(self, keep: Keeper | None = None) -> None:
        self._keep = keep
        self._told: dict[str, Head] = {}

    def turn(self) -> int:
        with acting_as(None):
            linked = link_traces()
        with acting_as(None):
            moved = [one for one in heads() if self._told.get(one.chain) != one]
        if moved:
            self._keep = self._keep or keeper(journal())
            self._keep.keep_heads(moved, at=now())
            self._told |= {one.chain: one for one in moved}
        return linked


def keep_linking(stop: threading.Event | None = None) -> None:
    """Until told to stop; a database that is away is asked again."""
    over, linking = stop or threading.Event(), Linking()
    while not over.wait(SECONDS):
        try:
            linking.turn()
        except (DatabaseError, OSError) as error:
            logger.warning("the sealer waits: %s", type(error).__name__)
        finally:
            connection.close()
