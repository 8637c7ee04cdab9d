"""Schema 1 of an incoming concern: the same for a file, for the API and for its documentation."""

from fanal.detect.concerns.schema.digest import content_digest
from fanal.detect.concerns.schema.parse import FindCommune, InvalidConcern, parse_concern
from fanal.detect.concerns.schema.published import json_schema
from fanal.detect.concerns.schema.shape import (
    Author,
    ConcernInput,
    Holder,
    Minor,
    OtherMinor,
    ParentsInformed,
)

__all__ = [
    "Author",
    "ConcernInput",
    "FindCommune",
    "Holder",
    "InvalidConcern",
    "Minor",
    "OtherMinor",
    "ParentsInformed",
    "content_digest",
    "json_schema",
    "parse_concern",
]
