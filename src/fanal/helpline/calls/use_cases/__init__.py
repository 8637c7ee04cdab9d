from fanal.helpline.calls.use_cases.answering import (
    AlreadyAnswered,
    LineDown,
    NotYourCall,
    StillTalking,
    answer_call,
    close_line,
    end_call,
    open_line,
)
from fanal.helpline.calls.use_cases.calling_back import (
    AlreadyDone,
    HourPassed,
    NotNow,
    Wish,
    dial,
    finish_call_back,
    plan_call_back,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyDone",
    "HourPassed",
    "LineDown",
    "NotNow",
    "NotYourCall",
    "StillTalking",
    "Wish",
    "answer_call",
    "close_line",
    "dial",
    "end_call",
    "finish_call_back",
    "open_line",
    "plan_call_back",
]
