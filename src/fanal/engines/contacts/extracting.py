"""The contacts of a text: what it says to reach whoever wrote it."""

from __future__ import annotations

from typing import NamedTuple

from fanal.engines.contacts.folding import as_written, fold
from fanal.engines.contacts.phones import phones
from fanal.engines.contacts.pseudonyms import pseudonyms


class Contact(NamedTuple):
    """``kind``: phone (E.164), handle, mail or link. ``start``, ``end``: in the folded text."""

    kind: str
    value: str
    start: int
    end: int

    def written(self, text: str) -> str:
        """How the text, not folded, writes it."""
        return as_written(text, [(self.start, self.end)])[0]


def contacts(text: str) -> list[Contact]:
    """The different contacts of a text, phones first, each where it is met first."""
    return found_in(fold(text))


def found_in(folded: str, *, signs: bool = True) -> list[Contact]:
    """The contacts of a text already folded. ``signs``: whether others than numbers are sought."""
    found: dict[tuple[str, str], Contact] = {}
    for value, start, end in phones(folded):
        found.setdefault(("phone", value), Contact("phone", value, start, end))
    if signs:
        for one in pseudonyms(folded):
            found.setdefault(one[:2], Contact(*one))
    return list(found.values())
