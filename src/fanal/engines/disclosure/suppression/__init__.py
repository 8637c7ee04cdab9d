"""Complementary suppression: what else to hide so that no hidden cell can be computed."""

from fanal.engines.disclosure.suppression.searching import Suppression, suppress

__all__ = ["Suppression", "suppress"]
