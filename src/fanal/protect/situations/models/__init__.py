from fanal.protect.situations.models.entry import Entry
from fanal.protect.situations.models.handover import HandedOver, HandOver
from fanal.protect.situations.models.situation import Situation, SituationQuerySet

__all__ = ["Entry", "HandOver", "HandedOver", "Situation", "SituationQuerySet"]
