"""The two lists of words, and how a word is carried from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fanal.ground.errors import Refusal


class Scheme(StrEnum):
    # The national helpline's own words.
    SNATED = "snated"
    # Those of Child Helpline International.
    CHI = "chi"

    @property
    def other(self) -> Scheme:
        return Scheme.CHI if self is Scheme.SNATED else Scheme.SNATED


class UnknownWord(Refusal):
    """A code that the list does not have, in this version."""


class OtherRecord(Refusal):
    """What is read back was not exported by us, or by another version."""

    message = "Cet export ne se relit pas : il vient d’un autre logiciel ou d’une autre version."


class BrokenWords(Exception):
    """Our own files do not hold together: a word without its pair, or a pair without its word."""


@dataclass(frozen=True, slots=True)
class Word:
    """``code``: « family.word », the same for ever; ``label``: what is shown, in French."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Family:
    group: str
    code: str
    label: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """``groups``: what the families are grouped under, with their French labels."""

    scheme: Scheme
    version: str
    groups: Mapping[str, str]
    families: tuple[Family, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(word.code for family in self.families for word in family.words)

    def of_group(self, group: str) -> tuple[Family, ...]:
        return tuple(family for family in self.families if family.group == group)

    def label(self, code: str) -> str:
        """
        Raises:
            UnknownWord
        """
        for family in self.families:
            for word in family.words:
                if word.code == code:
                    return word.label
        raise UnknownWord(f"« {code} » n’est pas un mot de cette liste.")


@dataclass(frozen=True, slots=True)
class Carried:
    """
    A word of one list with those of the other that were noted and that it stands for, in the
    order of their list. None: it was noted itself.
    """

    code: str
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Total both ways: each word of either list has its pair, by the list that it is of."""

    version: str
    of: Mapping[Scheme, Mapping[str, str]]
