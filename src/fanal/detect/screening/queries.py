"""What other rooms may ask of the grid. Nothing here concerns a person: no guard is needed."""

from fanal.detect.screening.grid import (
    CURRENT,
    DomainFacts,
    NextStep,
    Reading,
    UnknownIndicator,
    known_codes,
    load,
    read,
)

__all__ = [
    "CURRENT",
    "DomainFacts",
    "NextStep",
    "Reading",
    "UnknownIndicator",
    "known_codes",
    "load",
    "read",
]
