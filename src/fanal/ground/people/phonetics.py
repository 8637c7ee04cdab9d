"""How a French ear hears a name: two spellings of one name should give one key."""

import re
import unicodedata

# Letters that no decomposition takes apart, and the cedilla: on a paper form it is often left out.
_LETTERS = str.maketrans(
    {"Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Ħ": "H", "Þ": "TH", "ʼ": " "}
)
_CEDILLA = "C\u0327"

# Order matters: longer groups first. Digits stand for nasal vowels.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"COEU", "KEU"),
        (r"OEU", "EU"),
        (r"^OE", "E"),
        (r"H$", ""),
        (r"(EAU|AU)[XT]?", "O"),
        (r"OO", "U"),
        (r"OUA|OI", "WA"),
        (r"OU", "U"),
        (r"(?<!S)CH(?=[LR])", "K"),
        (r"SCH|CH|SH", "X"),
        (r"PH", "F"),
        (r"TH", "T"),
        (r"C(?=[EIY])", "S"),
        (r"QU|CK|Q|C", "K"),
        (r"GE(?=[AO])|DJ|G(?=[EIY])", "J"),
        (r"GU(?=[EIY])", "G"),
        (r"GN", "NI"),
        (r"H", ""),
        (r"Y", "I"),
        (r"ILL", "I"),
        (r"(AI|EI|I)[NM](?![AEIOUW])", "1"),
        (r"U[NM](?![AEIOUW])", "1"),
        (r"[AE][NM](?![AEIOUNMW])", "2"),
        (r"O[NM](?![AEIOUNMW])", "3"),
        (r"AI|EI|E[RZT]$", "E"),
        (r"EU", "E"),
        # The mute E of « Catherine ».
        (r"(?<=[AEIOU][^AEIOU])E(?=[LR][AIOU])", ""),
        (r"W", "V"),
        (r"(?<=[AEIOU])S(?=[AEIOU])", "Z"),
        (r"X$|S$|T$|D$|Z$|P$", ""),
        (r"E$", ""),
        (r"(.)\1+", r"\1"),
    )
)
LONGEST_KEY = 60
# Two consonants are shared by too many names.
SHORTEST_SKELETON = 3
_VOWELS = re.compile(r"[AEIOUY]")
# Written apart or joined, as the clerk pleased: « Le Goff » and « Legoff ».
_PARTICLES = frozenset((
    "ABD", "ABDEL", "ABDUL", "AIT", "AL", "BEN", "BENT", "BOU", "D", "DA", "DAL", "DE", "DEL",
    "DELLA", "DES", "DI", "DO", "DOS", "DU", "EL", "L", "LA", "LE", "LES", "LI", "LO", "MAC", "MC",
    "N", "O", "OULD", "SAINT", "SAN", "SANTA", "ST", "TER", "VAN", "VON",
))  # fmt: skip


def plain(name: str) -> str:
    """Capitals without accents; hyphens, apostrophes and runs of space become one space."""
    return _words(_capitals(name).replace(_CEDILLA, "C"))


def _capitals(name: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).upper())


def _words(capitals: str) -> str:
    bare = capitals.translate(_LETTERS)
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W\d_]+", letters))


def heard(word: str) -> str:
    """
    The key of one plain word; a word of which nothing is heard stays as it is.

    >>> heard("CATHERINE") == heard("KATRINE")
    True
    """
    sounds = word
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    return sounds or word


def skeleton(word: str) -> str:
    """
    The consonants alone: spellings brought from another alphabet differ by their vowels.

    >>> skeleton("MOHAMED") == skeleton("MUHAMMAD")
    True
    """
    bare = word[:1] + _VOWELS.sub("", word[1:])
    return re.sub(r"(.)\1+", r"\1", bare)


def name_keys(*names: str) -> list[str]:
    """Keys under which a person is searched: each word heard, and its consonants (``#…``)."""
    keys: set[str] = set()
    for name in names:
        capitals = _capitals(name)
        for written in (capitals.replace(_CEDILLA, "C"), capitals.replace(_CEDILLA, "S")):
            words = _words(written).split()
            for word in (*words, *joined(words)):
                keys |= _keys(word)
    return sorted(keys)


def _keys(word: str) -> set[str]:
    bones = skeleton(word)
    keys = {heard(word)[:LONGEST_KEY]}
    if len(bones) >= SHORTEST_SKELETON:
        keys.add(f"#{bones}"[:LONGEST_KEY])
    return keys


def joined(words: list[str]) -> list[str]:
    """Each particle with what follows it, up to the name itself."""
    found = []
    for start, word in enumerate(words):
        if word not in _PARTICLES:
            continue
        end = start
        while end < len(words) - 1 and words[end] in _PARTICLES:
            end += 1
        if end > start:
            found.append("".join(words[start : end + 1]))
    return found
