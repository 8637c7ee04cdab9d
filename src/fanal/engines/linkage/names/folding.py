"""
A name brought back to small letters without accents, whatever alphabet it was written in.

Cyrillic letters follow ICAO Doc 9303, part 3, section 6: what the machine-readable line of a
passport shows, and so what a service copies. Greek follows ELOT 743, Arabic the spelling of French
civil registers; its short vowels are not written and stay lost. Ours are the shortcuts: one letter
is always written the same way.
"""

from __future__ import annotations

import re
import unicodedata

# No name is as long; a cell that is was not meant as a name.
LONGEST = 200

_CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts "
    "ч ch ш sh щ shch ъ ie ы y э e ю iu я ia ґ g є ie і i ђ d љ lj њ nj ћ c џ dz ј j ѕ dz ѣ ie"
)
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ u φ f χ ch "
    "ψ ps ω o"
)
_ARABIC = (
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش ch ص s ض d ط t ظ z ع a غ gh ف f ق k ك k "
    "ل l م m ن n ه h و ou ي i ى a ة a پ p چ tch ژ j گ g ک k ی i ہ h ھ h ں n ے i ٹ t ڈ d ڑ r"
)
_LATIN = "œ oe æ ae ß ss þ th ð d ı i ə e ɛ e ɔ o ŋ ng ɲ n ĸ k ƿ w ȝ y ʃ sh ʒ j ɣ g ɩ i ʊ u"
_WORDS = f"{_CYRILLIC} {_GREEK} {_ARABIC} {_LATIN}".split()
_LETTERS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
# The soft sign, and what stands for ʿayn and hamza in scholarly transliterations.
_UNHEARD = frozenset("ьʹʻʾʿˈءـ")
# Letters with a stroke, a hook or a tail: ł, đ, ø, ħ, ɓ, ɗ, ƴ…
_WITH = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
_NOT_WRITTEN = frozenset(("Mn", "Me", "Mc", "Cf", "Cc"))


def _plain(character: str) -> str:
    if "a" <= character <= "z" or "0" <= character <= "9":
        return character
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _UNHEARD:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if named := _WITH.match(unicodedata.name(character, "")):
        return named[1].lower()
    written = unicodedata.category(character) not in _NOT_WRITTEN or character.isspace()
    return " " if written else ""


def _folded(character: str) -> str:
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).lower())
    return "".join(map(_plain, small))


class _Table(dict[int, str]):
    """Each character is folded once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """
    Letters a to z, digits and single spaces; never an error, at most ``LONGEST`` characters.

    What separates (hyphen, apostrophe, dot) becomes a space; a letter of an alphabet that is not
    in the tables too. Applied twice, it changes nothing more.

    >>> fold("N'Guyễn-Łukasz  Œuvré")
    'n guyen lukasz oeuvre'
    >>> fold("Юлия")
    'iuliia'
    """
    return " ".join(text[:LONGEST].translate(_TABLE).split())[:LONGEST].rstrip()


def joined(folded: str) -> str:
    """
    Without its spaces: particles are written apart or not, as the clerk pleased.

    >>> joined(fold("El Idrissi")) == joined(fold("ELIDRISSI"))
    True
    """
    return folded.replace(" ", "")
