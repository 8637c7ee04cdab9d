from fanal.ground.deadlines.counting import Due
from fanal.ground.deadlines.use_cases.clocks import (
    assign_clocks,
    due,
    start_clock,
    stop_all_clocks,
    stop_clock,
)
from fanal.ground.deadlines.use_cases.overrides import end_override, override_rule
from fanal.ground.deadlines.use_cases.sound_alarms import sound_alarms

__all__ = [
    "Due",
    "assign_clocks",
    "due",
    "end_override",
    "override_rule",
    "sound_alarms",
    "start_clock",
    "stop_all_clocks",
    "stop_clock",
]
