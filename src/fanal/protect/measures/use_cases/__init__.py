from fanal.protect.measures.use_cases.applying import record_plan, record_report, start_measure
from fanal.protect.measures.use_cases.asking_parents import ask_parents, record_parents_answer
from fanal.protect.measures.use_cases.deciding import (
    Terms,
    record_agreement,
    record_decision,
)
from fanal.protect.measures.use_cases.endings import (
    Agreement,
    lift_measure,
    modify_measure,
    record_no_order,
    renew_measure,
)
from fanal.protect.measures.use_cases.exit_bans import (
    end_exit_ban,
    order_exit_ban,
    seise_judge_of_exit_ban,
)
from fanal.protect.measures.use_cases.hearings import (
    ask_lawyer,
    name_lawyer,
    order_investigation,
    record_hearing,
    record_summons,
    set_hearing,
)
from fanal.protect.measures.use_cases.informing import (
    inform_parents,
    inform_prosecutor,
    leave_parents_uninformed,
)
from fanal.protect.measures.use_cases.leaving import leave_measures
from fanal.protect.measures.use_cases.majority import end_at_majority
from fanal.protect.measures.use_cases.notifying import (
    record_appeal,
    record_appeal_judged,
    record_notification,
)
from fanal.protect.measures.use_cases.provisional import (
    extend_provisional,
    hand_over_to_judge,
    order_provisional,
    seise_judge,
)
from fanal.protect.measures.use_cases.requesting import Wanted, request_measure
from fanal.protect.measures.use_cases.settling import Settled, settle_measures
from fanal.protect.measures.use_cases.sheltering import (
    Sheltering,
    end_shelter,
    shelter_now,
    shelter_unknown,
)

__all__ = [
    "Agreement",
    "Settled",
    "Sheltering",
    "Terms",
    "Wanted",
    "ask_lawyer",
    "ask_parents",
    "end_at_majority",
    "end_exit_ban",
    "end_shelter",
    "extend_provisional",
    "hand_over_to_judge",
    "inform_parents",
    "inform_prosecutor",
    "leave_measures",
    "leave_parents_uninformed",
    "lift_measure",
    "modify_measure",
    "name_lawyer",
    "order_exit_ban",
    "order_investigation",
    "order_provisional",
    "record_agreement",
    "record_appeal",
    "record_appeal_judged",
    "record_decision",
    "record_hearing",
    "record_no_order",
    "record_notification",
    "record_parents_answer",
    "record_plan",
    "record_report",
    "record_summons",
    "renew_measure",
    "request_measure",
    "seise_judge",
    "seise_judge_of_exit_ban",
    "set_hearing",
    "settle_measures",
    "shelter_now",
    "shelter_unknown",
    "start_measure",
]
