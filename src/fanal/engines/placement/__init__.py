"""
Who goes where tonight: every rule kept, and a certificate of how near the plan is to the best.

A pure engine: requests, units and rules go in, a plan with its lower bound comes out. ``scipy`` and
``highspy`` are loaded at first use.
"""

from fanal.engines.placement.agents import Shared, Tasks, share
from fanal.engines.placement.checking import broken_rules, value_of
from fanal.engines.placement.gains import Gain, dearest, what_if
from fanal.engines.placement.nights import Night, night
from fanal.engines.placement.people import Request, Rule, Units
from fanal.engines.placement.plans import Standing
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.rare import Learnt, learn
from fanal.engines.placement.reading import (
    read_past,
    read_problem,
    read_tasks,
    read_tonight,
)
from fanal.engines.placement.reasons import Reason, reason
from fanal.engines.placement.refusals import Code, NotPlaced
from fanal.engines.placement.siblings import Siblings
from fanal.engines.placement.solving import Plan, solve
from fanal.engines.placement.tonight import Tonight

__all__ = [
    "Code",
    "Gain",
    "Learnt",
    "Night",
    "NotPlaced",
    "Plan",
    "Problem",
    "Reason",
    "Request",
    "Rule",
    "Shared",
    "Siblings",
    "Standing",
    "Tasks",
    "Tonight",
    "Units",
    "broken_rules",
    "dearest",
    "learn",
    "night",
    "read_past",
    "read_problem",
    "read_tasks",
    "read_tonight",
    "reason",
    "share",
    "solve",
    "value_of",
    "what_if",
]
