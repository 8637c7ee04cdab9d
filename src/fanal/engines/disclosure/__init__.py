"""
Tables on children that betray nobody: what to hide, and proof that it stays hidden.

A pure engine: tables and counts go in, a pattern, an audit or a refusal comes out. ``scipy`` and
``highspy`` are loaded at first use.
"""

from fanal.engines.disclosure.audit import Audit, Knowledge, knowledge, together
from fanal.engines.disclosure.counting import count
from fanal.engines.disclosure.cubes import Dimension, Table
from fanal.engines.disclosure.linking import Linked, link
from fanal.engines.disclosure.primary import Zeros, below
from fanal.engines.disclosure.refusals import Code, Refused, UnreadableCube
from fanal.engines.disclosure.rounding import Rounding, round_together
from fanal.engines.disclosure.suppression import Suppression, suppress

__all__ = [
    "Audit",
    "Code",
    "Dimension",
    "Knowledge",
    "Linked",
    "Refused",
    "Rounding",
    "Suppression",
    "Table",
    "UnreadableCube",
    "Zeros",
    "below",
    "count",
    "knowledge",
    "link",
    "round_together",
    "suppress",
    "together",
]
