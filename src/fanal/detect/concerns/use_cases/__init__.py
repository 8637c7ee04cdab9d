from fanal.detect.concerns.use_cases.additions import complete_concern, withdraw_concern
from fanal.detect.concerns.use_cases.decide import (
    close_concern,
    decide_concern,
    notify_decision,
    send_back_decision,
    sign_decision,
)
from fanal.detect.concerns.use_cases.drafts import discard_draft, save_draft, start_draft
from fanal.detect.concerns.use_cases.evaluation import (
    EvaluationIncomplete,
    add_visit,
    missing_of,
    save_evaluation,
    submit_evaluation,
    write_findings,
)
from fanal.detect.concerns.use_cases.open import open_concern
from fanal.detect.concerns.use_cases.qualify import (
    AlreadyQualified,
    dismiss_concern,
    evaluate_concern,
    join_concern,
)
from fanal.detect.concerns.use_cases.send import OtherContent, Sent, is_urgent, send_concern
from fanal.detect.concerns.use_cases.siblings import open_for_other_minor
from fanal.detect.concerns.use_cases.steps import note_report
from fanal.detect.concerns.use_cases.transfer import transfer_concern

__all__ = [
    "AlreadyQualified",
    "EvaluationIncomplete",
    "OtherContent",
    "Sent",
    "add_visit",
    "close_concern",
    "complete_concern",
    "decide_concern",
    "discard_draft",
    "dismiss_concern",
    "evaluate_concern",
    "is_urgent",
    "join_concern",
    "missing_of",
    "note_report",
    "notify_decision",
    "open_concern",
    "open_for_other_minor",
    "save_draft",
    "save_evaluation",
    "send_back_decision",
    "send_concern",
    "sign_decision",
    "start_draft",
    "submit_evaluation",
    "transfer_concern",
    "withdraw_concern",
    "write_findings",
]
