from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """What a field tells of somebody. One per field; from it follow all the rest."""

    IDENTITY = "identity"  # who: names, initials, days of birth
    CONTACT = "contact"  # how to reach somebody
    HEALTH = "health"
    JUDICIAL = "judicial"  # what a court or a procureur did
    LOCATION = "location"  # where somebody is or may be found
    INFORMANT = "informant"  # who alerted
    NARRATIVE = "narrative"  # free text: may hold any of the others
    SECRET = "secret"  # passwords, digests of keys, files of letters  # noqa: S105
    PLAIN = "plain"


class Sight(StrEnum):
    """How much of a class is shown."""

    WHOLE = "whole"
    # Initials, the year, the département: never the thing itself.
    REDUCED = "reduced"
    NONE = "none"
