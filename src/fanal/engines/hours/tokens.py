"""The words of a string of hours, each with its place; and what to write instead of another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from fanal.engines.hours.refusals import Code, UnreadableHours
from fanal.engines.hours.selectors import MONTHS, WEEKDAYS

LONGEST = 1000
LONGEST_COMMENT = 100


class Kind(StrEnum):
    TIME = "time"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    COMMENT = "comment"
    ALWAYS = "always"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    at: int


# As the house writes them, whatever the case they came in.
WORDS = {
    word.lower(): word
    for word in (*WEEKDAYS, *MONTHS, "PH", "SH", "off", "closed", "open", "week", "day", "days")
}
# What people write, by what it should have been.
MEANT = {
    "Mo": "lundi lun lu monday",
    "Tu": "mardi mar ma tuesday",
    "We": "mercredi mer me wednesday",
    "Th": "jeudi jeu je thursday",
    "Fr": "vendredi ven ve friday",
    "Sa": "samedi sam saturday",
    "Su": "dimanche dim di sunday",
    "Jan": "janvier janv january",
    "Feb": "fevrier fev fevr february",
    "Mar": "mars march",
    "Apr": "avril avr april",
    "May": "mai",
    "Jun": "juin june",
    "Jul": "juillet juil july",
    "Aug": "aout august",
    "Sep": "septembre sept september",
    "Oct": "octobre october",
    "Nov": "novembre november",
    "Dec": "decembre december",
    "PH": "ferie feries",
    "SH": "vacances scolaires",
    "off": "ferme fermee fermes",
    "open": "ouvert ouverte",
    "week": "semaine semaines",
    "12:00": "midi",
    "24:00": "minuit",
}
INSTEAD = {word: meant for meant, words in MEANT.items() for word in words.split()}
# Of the specification, and not here: said as such, never read as something else.
NOT_HERE = {
    "easter": "une date qui suit Pâques",
    "sunrise": "une heure qui suit le soleil",
    "sunset": "une heure qui suit le soleil",
    "dawn": "une heure qui suit le soleil",
    "dusk": "une heure qui suit le soleil",
    "unknown": "une ouverture incertaine",
    "day": "un décalage en jours",
    "days": "un décalage en jours",
}
PATTERN = re.compile(
    r"""(?P<comment>"[^"]*")
    |(?P<always>24/7)
    |(?P<hour>\d{1,2}\s?[hH.]\d{0,2}(?![\w]))
    |(?P<time>\d{1,2}:\d{2}(?!\d))
    |(?P<number>\d+)
    |(?P<word>[^\W\d_]+)
    |(?P<sign>\|\||[;,\-/\[\]+])
    |(?P<other>\S)""",
    re.VERBOSE,
)
SAME = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
)


def tokens_of(text: str) -> list[Token]:
    """
    Words in their order, then an end.

    Raises:
        UnreadableHours: the string is empty or too long, or a word is none.
    """
    if not text.strip():
        raise UnreadableHours(
            Code.EMPTY, "Il n'y a pas d'horaires : écrivez par exemple « Mo-Fr 09:00-17:00 »."
        )
    if len(text) > LONGEST:
        raise UnreadableHours(
            Code.TOO_LONG, f"Ces horaires dépassent {LONGEST} caractères.", at=LONGEST
        )
    tokens = [_token(found) for found in PATTERN.finditer(text.translate(SAME))]
    return [*tokens, Token(Kind.END, "", len(text.rstrip()))]


def refuse(code: Code, token: Token, advice: str) -> UnreadableHours:
    """« Caractère 7, « 9h » : … »: where, what, and what to do."""
    what = f"« {token.text} »" if token.kind is not Kind.END else "à la fin"
    return UnreadableHours(code, f"Caractère {token.at + 1}, {what} : {advice}", at=token.at)


def _token(found: re.Match[str]) -> Token:
    text, at = found.group(), found.start()
    match found.lastgroup:
        case "hour":
            raise _bad_hour(text, at)
        case "other":
            raise _bad_sign(text, at)
        case "word":
            return _word(text, at)
        case "comment":
            return _comment(text, at)
    return Token(Kind(str(found.lastgroup)), text, at)


def _word(text: str, at: int) -> Token:
    known = WORDS.get(text.lower())
    if known in NOT_HERE or text.lower() in NOT_HERE:
        said = NOT_HERE[text.lower()]
        advice = f"{said} n'est pas lue ici. Écrivez les jours et les heures un à un."
        raise refuse(Code.NOT_SUPPORTED, Token(Kind.WORD, text, at), advice)
    if known:
        return Token(Kind.WORD, known, at)
    raise refuse(Code.UNKNOWN_WORD, Token(Kind.WORD, text, at), _instead(text))


def _instead(text: str) -> str:
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one)
    )
    if meant := INSTEAD.get(plain):
        return f"écrivez {meant}."
    return (
        "ce mot n'est pas connu. Jours : Mo Tu We Th Fr Sa Su ; jours fériés : PH ; vacances "
        "scolaires : SH ; fermé : off. Mettez un commentaire entre guillemets."
    )


def _comment(text: str, at: int) -> Token:
    said = " ".join(text[1:-1].split())
    token = Token(Kind.COMMENT, said, at)
    if not said or not said.isprintable():
        raise refuse(Code.BAD_COMMENT, token, "ce commentaire est vide : ôtez-le.")
    if len(said) > LONGEST_COMMENT:
        raise refuse(
            Code.BAD_COMMENT, token, f"ce commentaire dépasse {LONGEST_COMMENT} caractères."
        )
    return token


def _bad_hour(text: str, at: int) -> UnreadableHours:
    hours, minutes = re.split(r"\s?[hH.]", text)
    meant = f"{int(hours):02}:{int(minutes or 0):02}"
    return refuse(
        Code.BAD_TIME, Token(Kind.TIME, text, at), f"écrivez l'heure avec deux-points, {meant}."
    )


def _bad_sign(text: str, at: int) -> UnreadableHours:
    token = Token(Kind.SIGN, text, at)
    if text in '"«»':
        return refuse(
            Code.BAD_COMMENT, token, "un commentaire s'ouvre et se ferme par un guillemet droit."
        )
    return refuse(Code.MISPLACED, token, "ce signe n'a pas de sens ici : ôtez-le.")
