from fanal.portal.rights.use_cases.answering import (
    answer_request,
    prepare_answer,
    refuse_request,
)
from fanal.portal.rights.use_cases.correcting import (
    NotARectification,
    NothingChanges,
    correct_file,
)
from fanal.portal.rights.use_cases.receiving import (
    AlreadyExtended,
    Asked,
    NotAuthorised,
    ReceivedLater,
    TooLateToExtend,
    check_identity,
    extend_delay,
    record_request,
)
from fanal.portal.rights.use_cases.turns import (
    OutOfTurn,
    ReasonMissing,
)

__all__ = [
    "AlreadyExtended",
    "Asked",
    "NotARectification",
    "NotAuthorised",
    "NothingChanges",
    "OutOfTurn",
    "ReasonMissing",
    "ReceivedLater",
    "TooLateToExtend",
    "answer_request",
    "check_identity",
    "correct_file",
    "extend_delay",
    "prepare_answer",
    "record_request",
    "refuse_request",
]
