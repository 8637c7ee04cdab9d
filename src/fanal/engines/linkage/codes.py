"""Codes: what agrees whole or not at all, and may change in a life (a phone, an alias, a town)."""

from __future__ import annotations

import re

from fanal.engines.linkage.names.folding import fold, joined

ABROAD = re.compile(r"(?:00|\+)33(?=[1-9]\d{8}$)")
NOT_A_DIGIT = re.compile(r"[\s.\-/()]")
SAINT = re.compile(r"\bst(e?)\b")


def code(cell: str) -> str:
    """One writing for what is the same: a phone in ten figures, a name without its accents."""
    bare = NOT_A_DIGIT.sub("", cell)
    if bare.lstrip("+").isdecimal():
        return ABROAD.sub("0", bare)
    return joined(SAINT.sub(r"saint\1", fold(cell)))
