from fanal.ground.access.models.disclosures import DisclosureRecord
from fanal.ground.access.models.files import CaseFile, Exclusion, Grant, GrantQuerySet
from fanal.ground.access.models.openings import BreakGlass, BreakGlassQuerySet
from fanal.ground.access.models.steps import AccessStep

__all__ = [
    "AccessStep",
    "BreakGlass",
    "BreakGlassQuerySet",
    "CaseFile",
    "DisclosureRecord",
    "Exclusion",
    "Grant",
    "GrantQuerySet",
]
