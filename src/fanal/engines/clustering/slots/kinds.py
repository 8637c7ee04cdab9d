"""What a part that changes is: a first name, a price, a town, a number, a contact, a date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.corpus import Hashes, letters
from fanal.engines.clustering.folding import Codes, Longs, fold_all
from fanal.engines.clustering.pairs import Bools

FOLDER = Path(__file__).parent
MONEY = ("euro", "euros", "eur")
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre", "h", "heure", "heures",
)  # fmt: skip
# What comes before a town, and before a first name.
TO, WHO = (
    ("a", "sur", "vers", "pres", "autour", "gare", "ville", "region", "cote", "de", "depuis"),
    ("demander", "demandez", "appelez", "appeler", "contactez", "prenom", "suis", "moi", "appelle"),
)
SMALL = ("le", "la", "les", "l", "saint", "sainte", "sur", "en", "de", "du", "sous")
SLASH, EURO = ord("/"), ord("€")
LONG = 4


class Kind(IntEnum):
    OTHER = 0
    NUMBER = 1
    CONTACT = 2
    PRICE = 3
    TOWN = 4
    NAME = 5
    DATE = 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """
    The pieces of texts: what each is, where it is in ``codes``, of which text. ``capital``: whether
    the text writes it with one.
    """

    codes: Codes
    hashes: Hashes
    places: Longs
    kinds: npt.NDArray[np.int8]
    texts: Longs
    capital: Bools


def kinds_of(pieces: Pieces) -> npt.NDArray[np.int8]:
    """The kind of each piece, by the lists, and by what stands beside it."""
    size = pieces.hashes.size
    number = pieces.kinds == Kind.NUMBER
    after = _beside(pieces, 1)
    before = _beside(pieces, -1)
    money = after(_among(pieces, MONEY)) | _near(pieces, EURO)
    dated = after(_among(pieces, MONTHS)) | _near(pieces, SLASH)
    to, who = before(_among(pieces, TO)), before(_among(pieces, WHO))
    town, name = _listed(pieces, "towns"), _listed(pieces, "names")
    word = pieces.kinds == Kind.OTHER
    is_name = word & ((name & (pieces.capital | who)) | (pieces.capital & who))
    led = to | (town & before(_among(pieces, SMALL)))
    is_town = word & pieces.capital & (town | to) & (led | ~is_name) | (word & town & to)
    is_town |= word & _among(pieces, SMALL) & pieces.capital & after(is_town)
    found = np.zeros(size, dtype=np.int8)
    for chosen, kind in (
        (is_name, Kind.NAME),
        (is_town, Kind.TOWN),
        (number, Kind.NUMBER),
        (number & money, Kind.PRICE),
        (number & dated & ~money, Kind.DATE),
        (pieces.kinds == Kind.CONTACT, Kind.CONTACT),
    ):
        found[chosen] = kind
    return found


class _beside:  # noqa: N801
    """What is true of the piece beside each one, in its text."""

    def __init__(self, pieces: Pieces, step: int) -> None:
        self.step = step
        self.same = pieces.texts == np.roll(pieces.texts, -step)
        if self.same.size:
            self.same[-1 if step > 0 else 0] = False

    def __call__(self, chosen: Bools) -> Bools:
        found: Bools = np.roll(chosen, -self.step) & self.same
        return found


def _near(pieces: Pieces, sign: int) -> Bools:
    """Whether this sign touches a piece, or is one space away."""
    padded = np.pad(pieces.codes, 2)
    first, last = pieces.places[:, 0] + 2, pieces.places[:, 1] + 2
    found: Bools = (padded[last] == sign) | (padded[last + 1] == sign) | (padded[first - 1] == sign)
    return found


def _among(pieces: Pieces, words: tuple[str, ...]) -> Bools:
    return _has(pieces.hashes, _hashes(words))


def _listed(pieces: Pieces, name: str) -> Bools:
    return _has(pieces.hashes, _list(name))


def _has(hashes: Hashes, known: Hashes) -> Bools:
    rank = np.minimum(np.searchsorted(known, hashes), known.size - 1)
    found: Bools = known[rank] == hashes
    return found


@cache
def _list(name: str) -> Hashes:
    """The words of a list; of a name of several words, the long ones."""
    said = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").replace("-", " ").replace("'", " ")
    lines = [line.split() for line in said.splitlines()]
    small = set(SMALL)
    words = {
        word
        for line in lines
        for word in line
        if len(line) == 1 or (len(word) >= LONG and word.lower() not in small)
    }
    return _hashes(tuple(sorted(words)))


@cache
def _hashes(words: tuple[str, ...]) -> Hashes:
    from fanal.engines.clustering.kernels.words import spelt

    _, codes, starts = fold_all(words)
    hashes, _ = spelt(codes, starts, letters(), np.empty((0, 2), dtype=np.int64))
    return np.sort(hashes)
