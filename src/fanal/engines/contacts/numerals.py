"""Numbers in digits and in words, as atoms of a folded text, and how atoms may be read together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

UNITS = {
    "zero": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9,
    # Misspelt, and in English.
    "zeros": 0, "katre": 4, "quatr": 4, "quatres": 4, "sinq": 5, "cinque": 5, "uit": 8,
    "wit": 8, "neufs": 9, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
}
TENS = {
    "vingts": 20, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    "vint": 20, "trante": 30, "karante": 40, "sinquante": 50, "soissante": 60,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
HUNDREDS = {"cents": 100, "cent": 100}
VALUES = UNITS | TEENS | TENS | HUNDREDS
# The « s » of « vingts » is not that of « vingtsix ».
PLURALS = ("vingts", "cents", "zeros", "quatres", "neufs")
WORD = "|".join(
    f"{word}(?!ix|ept|oi|eiz)" if word in PLURALS else word
    for word in sorted(VALUES, key=len, reverse=True)
)
ATOM = re.compile(
    r"(?<![a-z])(?:"
    r"(?P<mixed>(?<!\d)(?:[oilszb]{1,9}\d|\d{1,14}[oilszb])[0-9oilszb]*(?![a-z0-9]))"
    r"|(?P<alike>(?<!\d)(?:[aet]\d|\d[aet])(?![a-z0-9]))"
    rf"|(?P<words>(?:{WORD})(?:(?:et)?(?:{WORD}))*(?![a-z]))"
    r"|(?P<letters>(?<![\d'])(?:[oil]{1,10}|[oilszb]{1,2})(?![a-z0-9'])))"
    r"|(?P<digits>\d+)"
)
# Looking behind after the first character, and not before, is what makes a scan fast.
BEGINNING = re.compile(
    r"0(?<!\d0)|\+|33(?<![a-z0-9]33)|zero(?<![a-z0-9]zero)|plus(?<![a-z0-9]plus)|"
    r"o(?<![a-z0-9]o)(?:[oil0-9]|[szb](?![a-z])|(?![a-z]))"
)
# Numerals with digits for some of their letters, and how they are read; of the same lengths.
DISGUISED = re.compile(r"(?<![a-z0-9@$])[a-z]*(?:[a-z][013457@$]|[013457@$][a-z])[a-z013457@$]*")
# « 3t » is « et » between two numerals, and no digits.
LINKED = re.compile(r"(?<=vingt|rente|rante|uante|xante)([ -])3t(?=[ -](?:un|onze)(?![a-z]))")
SPACED_ZERO = re.compile(r"z[ ._-]{1,2}e[ ._-]{1,2}r[ ._-]{1,2}o")
SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z][ ._-]{1,3}){2,}[a-z](?![a-z0-9])")
DOUBLE = re.compile(rf"(?<![a-z])double(?=\s+({'|'.join(UNITS)}|\d)(?![a-z0-9]))")
DIGIT_IN_WORD = re.compile(r"[013457@$](?:(?=[a-z])|(?<=[a-z].))")
LETTERS = "oilszb"
PLAIN = str.maketrans("013457@$", "oieastas")
SPLIT = re.compile(WORD)
NUMERAL = re.compile(rf"(?:{WORD})+")
AS_DIGITS = str.maketrans("oilszbaet", "011528437")
FOUR, TWENTY, SIXTY, TEN, LAST_TEEN, HUNDRED = 4, 20, 60, 10, 16, 100
AND = "et"


class Atom(NamedTuple):
    """``value``: of a word, -1 for digits. ``tied``: written in one with the atom before it."""

    start: int
    end: int
    digits: str
    value: int
    tied: bool
    doubtful: bool


def undisguised(text: str) -> str:
    """
    The folded text with its numerals in plain letters (``z3r0``, ``z e r o``, ``double six``).

    What is changed keeps its length: nothing else moves.
    """
    if DIGIT_IN_WORD.search(text):
        text = LINKED.sub(r"\1et", DISGUISED.sub(_plain, text))
    if SPACED_ZERO.search(text):
        text = SPACED.sub(_together, text)
    return DOUBLE.sub(_twice, text) if "double" in text else text


def unspelt(text: str) -> str:
    """
    The folded text with its words written letter by letter in one (``t r o i s``): their letters
    are no digits. What is changed keeps its length; letters that may all be digits stay.
    """
    return SPACED.sub(_in_one, text)


def _in_one(match: re.Match[str]) -> str:
    spaced = match.group()
    plain = re.sub("[^a-z]", "", spaced)
    return plain.ljust(len(spaced)) if plain.strip(LETTERS) else spaced


def _together(match: re.Match[str]) -> str:
    spaced = match.group()
    plain = re.sub("[^a-z]", "", spaced)
    return plain.ljust(len(spaced)) if NUMERAL.fullmatch(plain) else spaced


def _twice(match: re.Match[str]) -> str:
    return match.group(1).ljust(len("double"))


def _plain(match: re.Match[str]) -> str:
    plain = match.group().translate(PLAIN)
    return plain if NUMERAL.fullmatch(plain) else match.group()


def atoms(text: str) -> list[Atom]:
    """What could be digits in a folded text, from where a number could begin, in order."""
    begun = BEGINNING.search(text)
    if not begun:
        return []
    found: list[Atom] = []
    for match in ATOM.finditer(text, begun.start()):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "words":
            for one in SPLIT.finditer(text, start, end):
                begin = one.start()
                tied = begin > start or (
                    bool(found) and found[-1].end == begin - 1 and text[begin - 1] == "-"
                )
                value = VALUES[one.group()]
                found.append(Atom(begin, one.end(), str(value), value, tied, False))
        else:
            written = match.group()
            if kind != "digits":
                written = written.translate(AS_DIGITS)
            found.append(Atom(start, end, written, -1, False, kind in ("letters", "alike")))
    return found


def readings(
    text: str, found: Sequence[Atom], place: int, *, halfway: bool
) -> Iterator[tuple[str, int]]:
    """
    The ways to read from the word at ``place``: digits, and the place after; likeliest first.

    ``halfway``: one digit of a pair is read, so that a word alone is likelier.
    """
    if hundreds := list(_hundreds(text, found, place)):
        yield from hundreds
        return
    ways = [(found[place].digits, place + 1), *_longer(text, found, place)]
    # What a hyphen ties is not torn, if it can be helped.
    ways.sort(key=lambda way: (_torn(found, way[1]), -way[1] if not halfway else way[1]))
    yield from ways


def _torn(found: Sequence[Atom], place: int) -> bool:
    return place < len(found) and found[place].tied


def _longer(text: str, found: Sequence[Atom], place: int) -> Iterator[tuple[str, int]]:
    value = found[place].value
    if value == FOUR and _value(text, found, place + 1) == TWENTY:
        yield "80", place + 2
        yield from _with_rest(text, found, place + 2, 80, teens=True)
    elif value == TEN:
        after = _value(text, found, place + 1)
        if LAST_TEEN < TEN + after < TWENTY:
            yield str(TEN + after), place + 2
    elif TWENTY <= value < HUNDRED:
        yield from _with_rest(text, found, place + 1, value, teens=value == SIXTY)


def _hundreds(text: str, found: Sequence[Atom], place: int) -> Iterator[tuple[str, int]]:
    """What begins with hundreds, with all that is added to them, the longest first."""
    value, after = found[place].value, place + 1
    if 0 < value < TEN and _value(text, found, after) == HUNDRED:
        value, after = value * HUNDRED, after + 1
    elif value != HUNDRED:
        return
    rest = _value(text, found, after)
    if not 0 < rest < HUNDRED:
        yield str(value), after
        return
    ways = [(str(rest), after + 1), *_longer(text, found, after)]
    for digits, last in sorted(ways, key=lambda way: -way[1]):
        yield str(value + int(digits)), last


def _with_rest(
    text: str, found: Sequence[Atom], place: int, tens: int, *, teens: bool
) -> Iterator[tuple[str, int]]:
    """``tens`` and what is added to it, from ``place``: 1 to 9, or 1 to 19."""
    rest = _value(text, found, place)
    if 0 < rest < TEN or (teens and TEN <= rest <= LAST_TEEN):
        yield str(tens + rest), place + 1
    if teens and rest == TEN:
        unit = _value(text, found, place + 1)
        if LAST_TEEN < TEN + unit < TWENTY:
            yield str(tens + TEN + unit), place + 2


def _value(text: str, found: Sequence[Atom], place: int) -> int:
    """The value of the word at ``place`` if it follows the one before at once; or -1."""
    if place >= len(found) or found[place].value < 0:
        return -1
    between = text[found[place - 1].end : found[place].start]
    return found[place].value if between.strip(" -\n\t") in ("", AND) else -1
