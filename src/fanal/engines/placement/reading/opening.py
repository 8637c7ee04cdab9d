"""A night from a file, in either of its two layouts, and the requests of the past."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fanal.engines.placement.nights import night
from fanal.engines.placement.reading.arcs import plain_arcs
from fanal.engines.placement.reading.files import document_of, text_of
from fanal.engines.placement.reading.nights import Asked, asked_of
from fanal.engines.placement.reading.problems import siblings_of, weighed
from fanal.engines.placement.refusals import NotPlaced
from fanal.engines.placement.siblings import as_the_rule_says
from fanal.engines.placement.tonight import Tonight


def read_tonight(path: Path) -> Tonight:
    """
    Requests and units with their rules, or arcs already weighed; compressed or not.

    Raises:
        NotPlaced: the file is neither, or its rules contradict each other.
    """
    rest, arcs = plain_arcs(text_of(path))
    document = document_of(rest)
    # Weighed arcs come with the number of requests, and not with the requests.
    if "arcs" in document or "requests" not in document:
        problem = weighed(document, arcs)
        return Tonight(
            problem=problem,
            requests=range(problem.penalty.size),
            units=range(problem.places.size),
            facilities=np.unique(problem.facility).tolist(),
            night=None,
            document={},
        )
    asked = asked_of(document)
    made = night(asked.requests, asked.units, apart=asked.apart, together=asked.together)
    return Tonight(
        problem=as_the_rule_says(made.problem, siblings_of(document)),
        requests=asked.request_names,
        units=asked.unit_names,
        facilities=asked.facility_names,
        night=made,
        document=document,
    )


def read_past(path: Path, tonight: Tonight) -> Asked:
    """
    The requests of days gone by, with the units of tonight.

    Raises:
        NotPlaced: the file holds no requests, with its name.
    """
    try:
        return asked_of(document_of(text_of(path)), units=tonight.document)
    except NotPlaced as refused:
        raise NotPlaced(refused.code, f"{path.name} : {refused.detail}") from None
