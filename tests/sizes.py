"""How much is tried: a sample in every run of the tests, the whole in ``make whole``."""

from __future__ import annotations

import os

WHOLE = os.environ.get("FANAL_TESTS") == "whole"


def size(sample: int, whole: int) -> int:
    return whole if WHOLE else sample
