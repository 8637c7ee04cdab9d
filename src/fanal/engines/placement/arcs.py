"""Millions of arcs in a JSON text, read at once: three times faster than list by list."""

from __future__ import annotations

import re

import numpy as np

from fanal.engines.placement.problem import Ints

KEY = '"arcs"'
OPENING = re.compile(r'"arcs"\s*:\s*(?=\[\s*\[)')
CLOSING = re.compile(r"\]\s*\]")
TAKEN = "taken"
BLANKS = str.maketrans("", "", " \t\r\n")
DIGITS = str.maketrans("", "", "0123456789")
BRACKETS = str.maketrans("[]", "  ")
LONGEST = re.compile(r"\d{16}")
HOLES = (",,", "[,", ",]", "[]")


def plain_arcs(text: str) -> tuple[str, Ints | None]:
    """
    The text with its arcs taken out, and the arcs, shape (arcs, 3).

    The text as it was, and None, unless they are rows of three plain whole numbers.
    """
    opening = OPENING.search(text)
    if opening is None or text.count(KEY) != 1:
        return text, None
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        return text, None
    body = text[opening.end() : closing.end()].translate(BLANKS)
    count = body.count("[") - 1
    shape = "[" + ",".join(["[,,]"] * count) + "]"
    if body.translate(DIGITS) != shape or any(hole in body for hole in HOLES):
        return text, None
    if LONGEST.search(body) or re.search(r"[\[,]0\d", body):
        return text, None
    numbers = np.fromstring(body.translate(BRACKETS), dtype=np.int64, sep=",")
    rest = f'{text[: opening.end()]}"{TAKEN}"{text[closing.end() :]}'
    return rest, numbers.reshape(-1, 3)
