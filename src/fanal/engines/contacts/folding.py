"""
Text brought back to small plain letters and digits, whatever it was written with.

Unicode Technical Standard 39 (confusables), reduced to what stands for French letters and digits.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

FROM = "аеорсухіѕјһԁӏкмтвнпггοινατυκχρεωʟɪ"
TO = "aeopcyxisjhdlkmtbhnrroivatukxpewli"
ALIKE = dict(zip(FROM, TO, strict=True))
OTHERS = {
    "º": " ", "°": " ", "ª": " ", "˚": " ", "œ": "oe", "æ": "ae", "ø": "o", "ı": "i", "ł": "l",
    "з": "3", "б": "6", "ч": "4", "’": "'", "‘": "'", "ʼ": "'", "ß": "ss",
    "〇": "0", "零": "0", "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6",
    "七": "7", "八": "8", "九": "9", "🔟": "10", "🅾": "o", "⭕": "o", "➕": "+", "⁄": "/",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
}  # fmt: skip
UNSEEN = ("Mn", "Me", "Cf")


def _folded(character: str) -> str:
    small = character.lower()
    if small in OTHERS:
        return OTHERS[small]
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = "".join(
        ALIKE.get(one, OTHERS.get(one, one))
        for one in unicodedata.normalize("NFKD", small).lower()
        if unicodedata.category(one) not in UNSEEN
    )
    return plain or ""


# Those met so far that are folded into none, or into several.
_UNEVEN: set[str] = set()


class _Table(dict[int, str]):
    """Each character is folded once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        if len(folded) != 1:
            _UNEVEN.add(chr(code))
        return folded


TABLE = _Table()


def fold(text: str) -> str:
    """Small letters without accents, ASCII digits; what is no letter or digit stays."""
    return text.lower() if text.isascii() else text.translate(TABLE)


def as_written(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """The parts of ``text`` whose foldings go from one place to another."""
    fold(text)
    if _UNEVEN.isdisjoint(text):
        return [text[start:end] for start, end in places]
    ends = list(accumulate(len(TABLE[ord(one)]) for one in text))
    return [
        text[bisect_right(ends, start) : max(bisect_left(ends, end) + 1, bisect_right(ends, end))]
        for start, end in places
    ]
