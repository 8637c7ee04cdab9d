"""
Text brought back to small plain letters and digits, whatever it was written with.

Unicode Technical Standard 39 (confusables), reduced to what stands for French letters and digits.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]

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
SPACE, UNKNOWN = 0x110000, -1


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


_TABLE = _Table()


def fold(text: str) -> str:
    """Small letters without accents, ASCII digits; what is no letter or digit stays."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


class _Wide:
    """The same for many texts at once: the first code that each code gives, and how many."""

    def __init__(self) -> None:
        self.first = np.zeros(SPACE, dtype=np.uint32)
        self.number = np.full(SPACE, UNKNOWN, dtype=np.int8)

    def learn(self, codes: Codes) -> None:
        """Fold those that were never met."""
        for code in np.unique(codes[self.number[codes] == UNKNOWN]).tolist():
            folded = _TABLE[code]
            self.number[code] = len(folded)
            self.first[code] = ord(folded[0]) if folded else 0


@cache
def _wide() -> _Wide:
    return _Wide()


def fold_all(texts: Sequence[str]) -> tuple[list[str], Codes, Longs]:
    """The texts, folded; the same as code points, one after the other; where each begins."""
    wide = _wide()
    content = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(content, dtype=np.uint32)
    wide.learn(codes)
    number = wide.number[codes]
    folded = np.repeat(wide.first[codes], number)
    ends = np.cumsum(number, dtype=np.int64)
    for place in np.flatnonzero(number > 1).tolist():
        said = _TABLE[int(codes[place])]
        folded[ends[place] - len(said) : ends[place]] = [ord(one) for one in said]
    last = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    starts = np.append(0, ends)[last]
    whole = folded.tobytes().decode("utf-32-le", "surrogatepass")
    places = starts.tolist()
    return [whole[a:b] for a, b in pairwise(places)], folded, starts


def origins(texts: Sequence[str]) -> tuple[Codes, Longs, Longs]:
    """
    The code points of the texts as they are written, one after the other; of each code point of
    their foldings, which one it comes from; where each text begins, and the last ends.
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = _wide()
    wide.learn(codes)
    starts = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return codes, np.repeat(np.arange(codes.size), wide.number[codes]), starts


def as_written(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """The parts of ``text`` whose foldings go from one place to another."""
    fold(text)
    if _UNEVEN.isdisjoint(text):
        return [text[start:end] for start, end in places]
    ends = list(accumulate(len(_TABLE[ord(one)]) for one in text))
    return [
        text[bisect_right(ends, start) : max(bisect_left(ends, end) + 1, bisect_right(ends, end))]
        for start, end in places
    ]
