from fanal.protect.situations.use_cases.absences import declare_absence, end_absence
from fanal.protect.situations.use_cases.assigning import assign_referent
from fanal.protect.situations.use_cases.closing import (
    confirm_closing,
    note_exit_interview,
    propose_closing,
    reopen_situation,
    send_back_closing,
)
from fanal.protect.situations.use_cases.departures import end_posting
from fanal.protect.situations.use_cases.entries import add_entry, correct_entry, write_entry
from fanal.protect.situations.use_cases.handing_over import hand_over
from fanal.protect.situations.use_cases.majority import establish_majority, flip_majority
from fanal.protect.situations.use_cases.opening import accept_situation, open_situation
from fanal.protect.situations.use_cases.transferring import transfer_situation

__all__ = [
    "accept_situation",
    "add_entry",
    "assign_referent",
    "confirm_closing",
    "correct_entry",
    "declare_absence",
    "end_absence",
    "end_posting",
    "establish_majority",
    "flip_majority",
    "hand_over",
    "note_exit_interview",
    "open_situation",
    "propose_closing",
    "reopen_situation",
    "send_back_closing",
    "transfer_situation",
    "write_entry",
]
