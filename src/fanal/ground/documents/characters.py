"""Texts that people wrote, made printable: nothing is lost without a mark."""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).parent / "fonts" / "coverage.txt"
# Longer words than any French one (a link, a key held down) are cut where the line ends.
LONGEST_WORD = 30
ZERO_WIDTH_SPACE = "\u200b"
# They would let a name turn over the words that follow it on the page.
_TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_JOINING = dict.fromkeys(map(ord, "\u200c\u200d\ufe0e\ufe0f"))
_LINE_END = re.compile(r"\r\n|[\r\u2028\u2029]")
# A letter keeps its accents and an emoji its parts on the same line.
_PIECE = re.compile(rf".{{1,{LONGEST_WORD}}}(?:\u200d.|[\u0300-\u036f\ufe0f])*", re.DOTALL)
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def printable(text: str, *, marks: bool = True) -> str:
    """
    Make a text printable with the fonts that travel with the letters.

    A character that no font draws is written as its number (``[U+4E2D]``): the archive
    format forbids an empty box, and a letter to a court must not lose a character.
    Direction overrides are dropped; a word of more than ``LONGEST_WORD`` characters gets
    invisible places where the line may break. Without ``marks``, what combines with the
    character before it is written as its number too: then nothing can fail to be drawn.
    """
    lines = _LINE_END.sub("\n", text)
    composed = unicodedata.normalize("NFC", lines).translate(_TURNING)
    if not marks:
        composed = composed.translate(_JOINING)
    drawn = "".join(
        c if _is_drawn(ord(c)) and (marks or not _combines(c)) else f"[U+{ord(c):04X}]"
        for c in composed
    )
    return _LONG_WORD.sub(_with_breaks, drawn)


def _with_breaks(word: re.Match[str]) -> str:
    return ZERO_WIDTH_SPACE.join(_PIECE.findall(word.group()))


def _combines(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _is_drawn(point: int) -> bool:
    if point in (0x09, 0x0A):
        return True
    starts, ends = _coverage()
    place = bisect_right(starts, point) - 1
    return place >= 0 and point <= ends[place]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """The characters that the letters' fonts draw, as sorted ranges."""
    lines = COVERAGE.read_text(encoding="ascii").splitlines()
    ranges = [line.split("-") for line in lines if not line.startswith("#")]
    return [int(low, 16) for low, _ in ranges], [int(high, 16) for _, high in ranges]
