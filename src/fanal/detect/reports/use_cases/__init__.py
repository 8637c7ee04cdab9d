from fanal.detect.reports.use_cases.answer import (
    AlreadyRecorded,
    OutcomeInFuture,
    OutcomeMissing,
    ParentsAlreadyAllowed,
    acknowledge_report,
    allow_telling_parents,
    inform_back,
    record_outcome,
)
from fanal.detect.reports.use_cases.course import HidesMedia, OutOfTurn, WhoToldMissing
from fanal.detect.reports.use_cases.draft import (
    ConcernOver,
    Copy,
    Writing,
    discard_draft,
    draft_report,
    draft_report_of_file,
    save_draft,
)
from fanal.detect.reports.use_cases.follow import (
    ParentsAlreadyTold,
    ParentsNotAllowed,
    ParentsToTell,
    close_report,
    relaunch_report,
    tell_parents,
)
from fanal.detect.reports.use_cases.send import Incomplete, missing_of, send_report

__all__ = [
    "AlreadyRecorded",
    "ConcernOver",
    "Copy",
    "HidesMedia",
    "Incomplete",
    "OutOfTurn",
    "OutcomeInFuture",
    "OutcomeMissing",
    "ParentsAlreadyAllowed",
    "ParentsAlreadyTold",
    "ParentsNotAllowed",
    "ParentsToTell",
    "WhoToldMissing",
    "Writing",
    "acknowledge_report",
    "allow_telling_parents",
    "close_report",
    "discard_draft",
    "draft_report",
    "draft_report_of_file",
    "inform_back",
    "missing_of",
    "record_outcome",
    "relaunch_report",
    "save_draft",
    "send_report",
    "tell_parents",
]
