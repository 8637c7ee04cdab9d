"""How a French ear hears a name: two spellings of one name should give one key."""

import re
import unicodedata

# Order matters: longer groups first. Digits stand for nasal vowels.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"Œ|Æ", "E"),
        (r"H$", ""),
        (r"(EAU|AU)[XT]?", "O"),
        (r"OO", "U"),
        (r"OUA|OI", "WA"),
        (r"OU", "U"),
        (r"SCH|CH|SH", "X"),
        (r"PH", "F"),
        (r"TH", "T"),
        (r"QU|CK|Q|C(?=[AOUKLRT0-9]|$)", "K"),
        (r"C(?=[EIY])", "S"),
        (r"GU(?=[EIY])", "G"),
        (r"GE(?=[AO])|DJ|G(?=[EIY])", "J"),
        (r"GN", "NI"),
        (r"H", ""),
        (r"Y", "I"),
        (r"ILL", "I"),
        (r"(AI|EI|I)[NM](?![AEIOU])", "1"),
        (r"U[NM](?![AEIOU])", "1"),
        (r"[AE][NM](?![AEIOUNM])", "2"),
        (r"O[NM](?![AEIOUNM])", "3"),
        (r"AI|EI|E[RZT]$", "E"),
        (r"EU", "E"),
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


def plain(name: str) -> str:
    """Capitals without accents; hyphens, apostrophes and runs of space become one space."""
    bare = unicodedata.normalize("NFKD", name.replace("ç", "s").replace("Ç", "S"))
    letters = "".join(c for c in bare if not unicodedata.combining(c)).upper()
    return " ".join(re.findall(r"[^\W\d_]+", letters))


def heard(word: str) -> str:
    """
    The key of one plain word.

    >>> heard("CATHERINE") == heard("KATRINE")
    True
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


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
    for word in " ".join(map(plain, names)).split():
        keys.add((heard(word) or word)[:LONGEST_KEY])
        bones = skeleton(word)
        if len(bones) >= SHORTEST_SKELETON:
            keys.add(f"#{bones}"[:LONGEST_KEY])
    return sorted(keys)
