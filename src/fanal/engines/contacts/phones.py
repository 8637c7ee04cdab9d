"""
Phone numbers hidden in a folded text.

Digits and numerals are read one after the other over whatever separates them, as a reader does
(Chambers, Forman, Griswold, Lu, Khastgir and Steckler, Character-based models for adversarial phone
number extraction, 2019, on how they are hidden); what comes out must be a possible number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import phonenumbers

from fanal.engines.contacts.numerals import Atom, atoms, readings, undisguised, unspelt

NATIONAL, FRANCE = 10, "33"
ABROAD_AT_LEAST, ABROAD_AT_MOST = 8, 15
WIDEST, WORDS_AT_MOST, SHORT = 40, 4, 4
# Of one number, and of all those of a text: nobody means so many.
TRIES, TRIES_OF_A_TEXT = 400, 20_000
# So many letters that may be digits, each by itself, may be those of words written apart.
APART = 2
FILLERS = (
    "ensuite", "alors", "apres", "virgule", "point", "tiret", "espace", "slash", "etoile", "euros",
    "merci", "enfin", "aussi", "encore", "suite", "suivi", "suivie", "barre", "fleche", "voila",
    "chiffre", "numero", "finir", "terminer", "termine",
)  # fmt: skip
# What follows a quantity, an hour or a day, or begins another number.
UNITS = (
    "mai|mars|juin|aout|h|ans|km|cm|kg|tel|sms|janvier|fevrier|avril|juillet|septembre|octobre|"
    "novembre|decembre|heures?|jours?|mois"
)
GAP = re.compile(
    rf"[^a-z]*+(?:(?!(?:{UNITS})(?![a-z]))(?:[a-z]{{1,{SHORT}}}|{'|'.join(FILLERS)})(?![a-z])[^a-z]*+){{0,{WORDS_AT_MOST}}}"
)
DATE = re.compile(r"\d{1,2}(?<!\d\d\d)([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\1?\d)")
FARTHEST = 6
PLUS = re.compile(r"(?:\+|(?<![a-z])plus)[\s(]*$")
# One word or two between each two pairs of digits, as if they were prices or quantities.
PAIRS, PAIR, BETWEEN = 5, 2, 2
WORDS = re.compile(r"[a-z]+")
QUANTITY = re.compile(rf"(?:{UNITS})")


class Phone(NamedTuple):
    """An E.164 number, and where the folded text holds it."""

    value: str
    start: int
    end: int


def phones(text: str) -> list[Phone]:
    """The phone numbers of a folded text, in order."""
    text, found = _atoms(undisguised(text))
    found = _without_dates(text, found)
    told: list[Phone] = []
    place, left = 0, [TRIES_OF_A_TEXT]
    while place < len(found) and left[0] > 0:
        read = _from(text, found, place, left)
        if read is None:
            place += 1
            continue
        value, after = read
        start = found[place].start
        if plus := PLUS.search(text, max(0, start - FARTHEST), start):
            start = plus.start()
        told.append(Phone(value, start, found[after - 1].end))
        place = after
    return told


def _atoms(text: str) -> tuple[str, list[Atom]]:
    """The atoms of a text, and the text that they are of: its words are not written apart."""
    found = atoms(text)
    if sum(one.doubtful for one in found) < APART:
        return text, found
    plain = unspelt(text)
    return (text, found) if plain == text else (plain, atoms(plain))


def _without_dates(text: str, found: list[Atom]) -> list[Atom]:
    if not found:
        return []
    ends = [match.span() for match in DATE.finditer(text, found[0].start)]
    if not ends:
        return found
    starts = [start for start, _ in ends]
    kept = []
    for atom in found:
        date = bisect_right(starts, atom.start) - 1
        if date < 0 or atom.start >= ends[date][1]:
            kept.append(atom)
    return kept


def _from(text: str, found: Sequence[Atom], place: int, left: list[int]) -> tuple[str, int] | None:
    """The number that begins there. ``left``: how many more tries the text is given."""
    first = found[place]
    if first.digits[0] == "0":
        return _read(text, found, place, left, abroad=False) or _priced(text, found, place)
    before = text[max(0, first.start - FARTHEST) : first.start]
    abroad = ("+" in before or "plus" in before) and bool(PLUS.search(before))
    if not abroad and (first.digits[:2] != FRANCE or first.value >= 0):
        return None
    return _read(text, found, place, left, abroad=True)


def _read(
    text: str, found: Sequence[Atom], place: int, left: list[int], *, abroad: bool
) -> tuple[str, int] | None:
    reading = _Reading(text, found, abroad)
    read = reading.read(place)
    left[0] -= reading.tries
    return read


def _priced(text: str, found: Sequence[Atom], place: int) -> tuple[str, int] | None:
    """A number whose pairs are the quantities of a list: « table 06 €, chaise 39 €, … »."""
    pairs = found[place : place + PAIRS]
    digits = "".join(one.digits for one in pairs)
    if len(pairs) < PAIRS or digits[1] == "0" or any(len(one.digits) != PAIR for one in pairs):
        return None
    gaps = [text[one.end : other.start] for one, other in pairwise(pairs)]
    words = [WORDS.findall(gap) for gap in gaps]
    number = len(words[0])
    if not 0 < number <= BETWEEN or any(len(each) != number for each in words):
        return None
    if any(QUANTITY.fullmatch(word) for each in words for word in each):
        return None
    value = _number(digits, False)
    return (value, place + PAIRS) if value else None


class _Reading:
    """One attempt, from one atom, at one number."""

    def __init__(self, text: str, found: Sequence[Atom], abroad: bool) -> None:
        self.text = text
        self.found = found
        self.abroad = abroad
        self.tries = 0

    def read(self, place: int) -> tuple[str, int] | None:
        return self._next(place, "")

    def _next(self, place: int, digits: str) -> tuple[str, int] | None:
        self.tries += 1
        if self.tries > TRIES:
            return None
        if self.found[place].value < 0:
            read = self._with(digits + self.found[place].digits, place + 1)
            if not (digits and self.found[place].doubtful and self._joined(place + 1)):
                return read
            if read and not self._left(read[1]):
                return read
            other = self._next(place + 1, digits)
            return other if other and not (read and self._left(other[1])) else read
        halfway = len(digits) % 2 == 1
        for more, after in readings(self.text, self.found, place, halfway=halfway):
            read = self._with(digits + more, after)
            if read:
                return read
        return None

    def _with(self, digits: str, after: int) -> tuple[str, int] | None:
        at_most = self._at_most(digits)
        if len(digits) > at_most:
            return None
        if len(digits) < at_most and self._joined(after):
            longer = self._next(after, digits)
            if longer:
                return longer
        value = _number(digits, self.abroad)
        # What is written in one with the number is of it.
        torn = after < len(self.found) and self.found[after].tied
        return (value, after) if value and not torn else None

    def _at_most(self, digits: str) -> int:
        """How many digits a number that begins so may have."""
        if not self.abroad and not "00".startswith(digits[:2]):
            return NATIONAL
        country = digits if self.abroad else digits[2:]
        begun = len(digits) - len(country)
        if not country.startswith(FRANCE):
            return begun + ABROAD_AT_MOST
        return begun + (12 if country.startswith("330") else 11)

    def _left(self, place: int) -> bool:
        """Whether digits are left that go on with the number, and no word between."""
        if place >= len(self.found) or self.found[place].value >= 0:
            return False
        gap = self.text[self.found[place - 1].end : self.found[place].start]
        return len(gap) <= SHORT and not WORDS.search(gap)

    def _joined(self, place: int) -> bool:
        """Whether the atom at ``place`` may go on with what comes before it."""
        if place >= len(self.found):
            return False
        start, end = self.found[place - 1].end, self.found[place].start
        return end - start <= WIDEST and GAP.fullmatch(self.text, start, end) is not None


@lru_cache(maxsize=65536)
def _number(digits: str, abroad: bool) -> str | None:
    """The E.164 number that these digits are, if they are one whole number."""
    if not abroad:
        if digits[:2] == "00":
            return _number(digits[2:], True)
        return _french(digits[1:]) if len(digits) == NATIONAL else None
    if digits.startswith(FRANCE):
        return _french(digits[2:].removeprefix("0"))
    return _foreign(digits) if len(digits) >= ABROAD_AT_LEAST else None


def _french(digits: str) -> str | None:
    """Possible and not valid: the blocks that the regulator keeps for fiction count too."""
    if len(digits) != NATIONAL - 1 or digits[0] == "0":
        return None
    number = phonenumbers.PhoneNumber(country_code=int(FRANCE), national_number=int(digits))
    return f"+{FRANCE}{digits}" if phonenumbers.is_possible_number(number) else None


def _foreign(digits: str) -> str | None:
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
