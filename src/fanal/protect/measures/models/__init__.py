from fanal.protect.measures.models.measure import Measure, MeasureQuerySet
from fanal.protect.measures.models.satellites import CareQuestion, ExitBan, MeasureStep
from fanal.protect.measures.models.shelter import EmergencyShelter, ShelterQuerySet

__all__ = [
    "CareQuestion",
    "EmergencyShelter",
    "ExitBan",
    "Measure",
    "MeasureQuerySet",
    "MeasureStep",
    "ShelterQuerySet",
]
