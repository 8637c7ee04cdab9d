"""The minor and their family, as letters name them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds parental authority, and the tie with the minor."""

    name: str
    tie: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minor:
    """``birth`` is said in words by the caller when the date is only estimated."""

    name: str
    born_on: date | None = None
    birth: str = ""
    sex: str = ""
    address: str = ""
    whereabouts: str = ""
    school: str = ""
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMinor:
    """Another minor of the home (D226-2-3 CASF)."""

    name: str
    birth: str = ""
    situation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``on`` is empty when nobody knows the day: ``when`` says what is known."""

    text: str
    on: date | None = None
    when: str = ""
    source: str = ""
