from fanal.helpline.letters.use_cases.listening import (
    AlreadyAnswered,
    AlreadyTaken,
    NothingSaid,
    NotYours,
    answer_letter,
    close_letter,
    give_back,
    take_letter,
)
from fanal.helpline.letters.use_cases.promising import tell_late
from fanal.helpline.letters.use_cases.receiving import (
    NobodyReads,
    NotOpen,
    Received,
    TooManyLetters,
    Written,
    receive_letter,
)
from fanal.helpline.letters.use_cases.returning import (
    Answer,
    Returned,
    TooManyWords,
    add_word,
    open_answer,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadyTaken",
    "Answer",
    "NobodyReads",
    "NotOpen",
    "NotYours",
    "NothingSaid",
    "Received",
    "Returned",
    "TooManyLetters",
    "TooManyWords",
    "Written",
    "add_word",
    "answer_letter",
    "close_letter",
    "give_back",
    "open_answer",
    "receive_letter",
    "take_letter",
    "tell_late",
]
