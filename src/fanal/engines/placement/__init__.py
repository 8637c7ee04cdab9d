"""
Who goes where tonight: every rule kept, and a certificate of how near the plan is to the best.

A pure engine: requests, units and rules go in, a plan with its lower bound comes out. ``scipy`` and
``highspy`` are loaded at first use.
"""

from fanal.engines.placement.agents import Shared, Tasks, share
from fanal.engines.placement.checking import broken_rules, value_of
from fanal.engines.placement.nights import Gain, Night, night, what_if
from fanal.engines.placement.people import Request, Rule, Units
from fanal.engines.placement.problem import Problem
from fanal.engines.placement.reading import read_problem, read_tasks
from fanal.engines.placement.refusals import Code, NotPlaced
from fanal.engines.placement.solving import Plan, solve

__all__ = [
    "Code",
    "Gain",
    "Night",
    "NotPlaced",
    "Plan",
    "Problem",
    "Request",
    "Rule",
    "Shared",
    "Tasks",
    "Units",
    "broken_rules",
    "night",
    "read_problem",
    "read_tasks",
    "share",
    "solve",
    "value_of",
    "what_if",
]
