"""
Our methods beside figures printed elsewhere, row by row.

Figures that are the same each time must agree to the hundredth; those that were drawn at random,
within what the draws of both leave.
"""

from fanal.engines.population.verification.folder import verify_folder
from fanal.engines.population.verification.rows import AGREED, NOT_COMPARABLE, OUTSIDE, Row

__all__ = ["AGREED", "NOT_COMPARABLE", "OUTSIDE", "Row", "verify_folder"]
