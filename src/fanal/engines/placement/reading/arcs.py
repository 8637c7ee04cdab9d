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
LONGEST = 15
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
    written = text[opening.end() : closing.end()]
    body = written.translate(BLANKS)
    count = body.count("[") - 1
    shape = "[" + ",".join(["[,,]"] * count) + "]"
    if body.translate(DIGITS) != shape or any(hole in body for hole in HOLES):
        return text, None
    if not _are_plain(written, 3 * count):
        return text, None
    numbers = np.fromstring(body.translate(BRACKETS), dtype=np.int64, sep=",")
    rest = f'{text[: opening.end()]}"{TAKEN}"{text[closing.end() :]}'
    return rest, numbers.reshape(-1, 3)


def _are_plain(written: str, count: int) -> bool:
    """Whether there are ``count`` numbers, none too long nor begun by a useless zero."""
    if not written.isascii():
        return False
    letters = np.frombuffer(written.encode("ascii"), dtype=np.uint8)
    digit = (letters >= ord("0")) & (letters <= ord("9"))
    longest = int(np.diff(np.flatnonzero(~digit)).max(initial=0)) - 1
    useless = (letters[1:-1] == ord("0")) & ~digit[:-2] & digit[2:]
    ends = int((digit[:-1] & ~digit[1:]).sum())
    return ends == count and longest <= LONGEST and not bool(useless.any())
