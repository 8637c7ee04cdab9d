"""
How much is tried, by one switch: ``FANAL_TESTS``.

``quick``: what asks for no database and no browser, at each save. ``test``, when nothing is named:
what each commit must pass. ``whole``: everything in every way, before a release and in the proofs
that write a page of figures.
"""

from __future__ import annotations

import os

TIERS = ("quick", "test", "whole")
TIER = os.environ.get("FANAL_TESTS") or "test"
if TIER not in TIERS:
    raise SystemExit(f"FANAL_TESTS vaut « {TIER} » : écrivez {', '.join(TIERS)}.")
QUICK = TIER == "quick"
WHOLE = TIER == "whole"


def size(sample: int, whole: int) -> int:
    return whole if WHOLE else sample
