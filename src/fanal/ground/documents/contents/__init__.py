"""What each letter says: one frozen dataclass per letter."""

from fanal.ground.documents.contents.concern import Acknowledgement, OutcomeNotice
from fanal.ground.documents.contents.evaluation import EvaluationReport, Meeting
from fanal.ground.documents.contents.heading import (
    Contact,
    Heading,
    Letter,
    Recipient,
    Sender,
    Signatory,
)
from fanal.ground.documents.contents.minors import Fact, Holder, Minor, OtherMinor
from fanal.ground.documents.contents.parents import (
    ParentsException,
    ParentsLetter,
    TransferNotice,
)
from fanal.ground.documents.contents.report import Report
from fanal.ground.documents.contents.rights import RightsAnswer
from fanal.ground.documents.contents.shelter import (
    ShelterParentsNotice,
    ShelterProsecutorNotice,
)
from fanal.ground.documents.contents.situations import (
    Dossier,
    HandedOver,
    HandoverReceipt,
    TimelineEvent,
)

__all__ = [
    "Acknowledgement",
    "Contact",
    "Dossier",
    "EvaluationReport",
    "Fact",
    "HandedOver",
    "HandoverReceipt",
    "Heading",
    "Holder",
    "Letter",
    "Meeting",
    "Minor",
    "OtherMinor",
    "OutcomeNotice",
    "ParentsException",
    "ParentsLetter",
    "Recipient",
    "Report",
    "RightsAnswer",
    "Sender",
    "ShelterParentsNotice",
    "ShelterProsecutorNotice",
    "Signatory",
    "TimelineEvent",
    "TransferNotice",
]
