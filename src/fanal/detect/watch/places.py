"""
One spelling of an address or of a listing, so that what speaks of one place is read together.

Simple on purpose: two spellings that meet here are shown side by side to a person, and nothing
follows by itself; two that do not meet are found by the search.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fanal.ground.territory.names import name_key

_SPELT_OUT = {
    "r": "rue", "av": "avenue", "ave": "avenue", "aven": "avenue", "bd": "boulevard",
    "bld": "boulevard", "blvd": "boulevard", "boul": "boulevard", "pl": "place", "plce": "place",
    "ch": "chemin", "che": "chemin", "chem": "chemin", "rte": "route", "all": "allee",
    "imp": "impasse", "sq": "square", "fg": "faubourg", "fbg": "faubourg", "qu": "quai",
    "crs": "cours", "st": "saint", "ste": "sainte", "b": "bis", "t": "ter",
    "res": "residence",
}  # fmt: skip
_WAYS = frozenset(
    {
        *("rue", "avenue", "boulevard", "place", "chemin", "route", "allee", "impasse", "square"),
        *("faubourg", "quai", "cours", "passage", "voie", "sentier", "lotissement", "hameau"),
        *("cite", "villa", "esplanade", "promenade", "rond", "residence", "mail"),
    }
)
_SMALL = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "et", "sur", "sous")
)
# What comes after says where inside.
_INSIDE = frozenset(
    {
        *("appartement", "appart", "appt", "apt", "batiment", "bat", "etage", "chambre"),
        *("escalier", "esc", "porte", "hall", "studio", "numero", "bp", "cedex"),
    }
)
_REPEATED = frozenset({"bis", "ter", "quater"})
_GLUED = re.compile(r"(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])")
_POSTCODE = re.compile(r"[0-9]{5}")
# Fewer would meet by chance.
_DIGITS_THAT_NAME = 5
_LEAST_WORDS = 3


def place_key(address: str, *, commune: str) -> str:
    """
    The key of an address in its commune: number, way and name, without what is inside.

    >>> place_key("Hôtel du Parc, 12 bis, r. de Lille, chambre 14", commune="Roubaix")
    '12 bis rue lille'
    >>> place_key("12bis rue de Lille 59100 ROUBAIX", commune="Roubaix")
    '12 bis rue lille'
    >>> place_key("Camping des Flots", commune="Dunkerque")
    'camping flots'
    """
    words = [_SPELT_OUT.get(one, one) for one in _GLUED.sub(" ", name_key(address)).split()]
    words = [one for one in words if one not in _SMALL]
    start = _number_of_a_way(words)
    if start is None:
        return " ".join(_without(commune, _before_postcode(words)))
    kept = [words[start]]
    for word in words[start + 1 :]:
        if word in _INSIDE or _POSTCODE.fullmatch(word):
            break
        kept.append(word)
    return " ".join(_without(commune, kept))


def listing_key(listing: str) -> str:
    """
    The key of a listing: the last part of an address that holds a number, or the whole.

    >>> listing_key("https://www.exemple.invalid/rooms/123456?adults=2")
    '123456'
    >>> listing_key("Annonce n° 59350-000123 AB")
    'annonce n 59350 000123 ab'
    """
    typed = listing.strip()
    if "//" in typed or typed.startswith("www."):
        path = urlsplit(typed if "//" in typed else f"//{typed}").path
        for part in reversed(path.split("/")):
            if sum(sign.isdigit() for sign in part) >= _DIGITS_THAT_NAME:
                return name_key(part)
        typed = typed.split("?")[0]
    return name_key(typed)


def wanted_words(text: str) -> list[str]:
    """
    The words of a search, in the spelling of the keys.

    >>> wanted_words("12 r. de Lille")
    ['12', 'rue', 'lille']
    """
    folded = _GLUED.sub(" ", name_key(text)).split()
    words = [_SPELT_OUT.get(one, one) for one in folded]
    return [one for one in words if one not in _SMALL]


def searched_words(*texts: str) -> str:
    """What a search looks in: each text in the spelling of the keys, and as it was written."""
    return " ".join(
        word for text in texts for word in dict.fromkeys([*wanted_words(text), *_plain(text)])
    )


def _plain(text: str) -> list[str]:
    return name_key(text).split()


def _number_of_a_way(words: list[str]) -> int | None:
    """Where « 12 rue », « 12 bis rue » begins."""
    for index, word in enumerate(words[:-1]):
        after = index + 2 if words[index + 1] in _REPEATED else index + 1
        if word.isdigit() and after < len(words) and words[after] in _WAYS:
            return index
    return None


def _before_postcode(words: list[str]) -> list[str]:
    for index, word in enumerate(words):
        if index and _POSTCODE.fullmatch(word):
            return words[:index]
    return words


def _without(commune: str, words: list[str]) -> list[str]:
    """Its name at the end says nothing more; the street that bears it keeps it."""
    name = [one for one in name_key(commune).split() if one not in _SMALL]
    left = words[: -len(name)] if name and words[-len(name) :] == name else words
    of_a_way = bool(words) and words[0].isdigit()
    return left if len(left) >= (_LEAST_WORDS if of_a_way else 1) else words
