from fanal.ground.retention.use_cases.holds import (
    AlreadyHeld,
    AlreadyLifted,
    ReasonMissing,
    lift_hold,
    place_hold,
)
from fanal.ground.retention.use_cases.nightly import Round, apply_retention, preview_retention
from fanal.ground.retention.use_cases.replay import replay_erasures

__all__ = [
    "AlreadyHeld",
    "AlreadyLifted",
    "ReasonMissing",
    "Round",
    "apply_retention",
    "lift_hold",
    "place_hold",
    "preview_retention",
    "replay_erasures",
]
