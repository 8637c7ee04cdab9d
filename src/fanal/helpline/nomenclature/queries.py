"""
The words that a contact is counted by, and the way from one list to the other and back.

Several words of one list meet in one of the other: each is carried along, so that a record that
went out and came back holds every word that was noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fanal.helpline.nomenclature.reading import CURRENT, CURRENT_PAIRS, read_pairs, read_words
from fanal.helpline.nomenclature.terms import (
    BrokenWords,
    Carried,
    OtherRecord,
    Scheme,
    UnknownWord,
    Words,
)

Noted = Iterable[str | Carried]


def words(scheme: Scheme, version: str = "") -> Words:
    """
    A list: the one in use, or the one that an older record was written with.

    Raises:
        OtherRecord: there is no such version.
    """
    try:
        return read_words(scheme, version or CURRENT[scheme])
    except BrokenWords:
        raise OtherRecord from None


def to_chi(codes: Noted) -> tuple[Carried, ...]:
    """
    What was noted in the helpline's words, in those of Child Helpline International.

    Raises:
        UnknownWord
    """
    return _carry(codes, Scheme.SNATED)


def to_snated(codes: Noted) -> tuple[Carried, ...]:
    """
    The other way: what was carried comes back as it was noted, what was not takes its pair.

    Raises:
        UnknownWord
    """
    return _carry(codes, Scheme.CHI)


def export(codes: Noted, *, scheme: Scheme = Scheme.SNATED) -> dict[str, Any]:
    """
    What was noted in ``scheme``, as a document of the other list, ready for JSON.

    Raises:
        UnknownWord
    """
    other = scheme.other
    listed = words(other)
    return {
        "scheme": other.value,
        "version": listed.version,
        "pairs": CURRENT_PAIRS,
        "words": [
            {"code": one.code, "label": listed.label(one.code), "was": list(one.was)}
            for one in _carry(codes, scheme)
        ],
    }


def read_export(document: Mapping[str, Any]) -> tuple[Carried, ...]:
    """
    What ``export`` wrote, back in the list from which it came.

    Raises:
        OtherRecord: not written by us, or with other versions than those in use.
        UnknownWord
    """
    try:
        scheme = Scheme(document["scheme"])
        known = (document["version"], document["pairs"]) == (CURRENT[scheme], CURRENT_PAIRS)
        found = [
            Carried(str(one["code"]), tuple(str(word) for word in one["was"]))
            for one in document["words"]
        ]
    except (KeyError, TypeError, ValueError):
        raise OtherRecord from None
    if not known:
        raise OtherRecord
    return _carry(found, scheme)


def _carry(noted: Noted, scheme: Scheme) -> tuple[Carried, ...]:
    pairs = read_pairs(CURRENT_PAIRS)
    there, back = pairs.of[scheme], pairs.of[scheme.other]
    met: dict[str, set[str]] = {}
    home: set[str] = set()
    for one in noted:
        carried = Carried(one) if isinstance(one, str) else one
        if carried.code not in there:
            raise UnknownWord(f"« {carried.code} » n’est pas un mot de cette liste.")
        if carried.was:
            home |= _known(carried, back)
        else:
            met.setdefault(there[carried.code], set()).add(carried.code)
    return tuple(_in_order(met, home, scheme))


def _known(carried: Carried, back: Mapping[str, str]) -> set[str]:
    """What comes back is what would have gone out: nothing is slipped in on the way."""
    if any(back.get(word) != carried.code for word in carried.was):
        raise UnknownWord(f"« {carried.code} » ne peut pas venir de ce qui l’accompagne.")
    return set(carried.was)


def _in_order(met: Mapping[str, set[str]], home: set[str], scheme: Scheme) -> Iterable[Carried]:
    place = {code: number for number, code in enumerate(words(scheme).codes)}
    for code in words(scheme.other).codes:
        if code in home:
            yield Carried(code)
        if code in met:
            yield Carried(code, tuple(sorted(met[code], key=place.__getitem__)))
