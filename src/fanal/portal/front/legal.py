"""What a service says of itself, and what it has had examined: data, read and counted."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fanal.ground.retention.rules import RetentionRule, rule_for
from fanal.ground.retention.terms import RuleCode

DATA = Path(__file__).parent / "data"
STATES = ("conforme", "non conforme", "non applicable", "non évalué")
# What comes of the public pages: what somebody sent of their own accord, and what is noted of it.
HELD = (
    *(RuleCode.CHAT, RuleCode.LETTER, RuleCode.QUESTION, RuleCode.BOOKING),
    *(RuleCode.LODGING_ALERT, RuleCode.DOUBT, RuleCode.AMENDMENT),
    *(RuleCode.ANONYMOUS_CONTACT, RuleCode.CONTACT_WITH_CONCERN),
)


@dataclass(frozen=True, slots=True)
class Legal:
    """Empty: not said yet, and shown to be missing."""

    publisher: str
    publisher_address: str
    publisher_phone: str
    director: str
    host: str
    host_address: str
    host_phone: str
    controller: str
    officer: str
    accessibility_contact: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the 106 of RGAA 4.1, its subject in our own words."""

    number: str
    theme: str
    subject: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Who examined the pages, when, which and with what; what the law excuses, if anything."""

    on: date
    by: str
    scope: str
    tools: tuple[str, ...]
    derogations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    criteria: tuple[Criterion, ...]
    counts: dict[str, int]

    @property
    def failed(self) -> list[Criterion]:
        return [one for one in self.criteria if one.state == "non conforme"]

    @property
    def left(self) -> list[Criterion]:
        return [one for one in self.criteria if one.state == "non évalué"]

    @property
    def is_complete(self) -> bool:
        return not self.counts["non évalué"]

    @property
    def level(self) -> str:
        """
        As the RGAA says it; without a whole examination there is no level but the lowest.

        >>> Examined((), dict.fromkeys(STATES, 0) | {"conforme": 9, "non évalué": 97}).level
        'non conforme'
        >>> Examined((), dict.fromkeys(STATES, 0) | {"conforme": 60, "non conforme": 40}).level
        'partiellement conforme'
        """
        if not self.is_complete or self.share < 50:  # noqa: PLR2004
            return "non conforme"
        return "partiellement conforme" if self.counts["non conforme"] else "totalement conforme"

    @property
    def share(self) -> int:
        """Criteria that are met, of those that apply and were examined, in hundredths."""
        met, failed = self.counts["conforme"], self.counts["non conforme"]
        return 100 * met // (met + failed) if met + failed else 0


def legal_here() -> Legal:
    """
    Raises:
        ValueError: in French, with the file and the line that is amiss.
    """
    return _read_legal(settings.FANAL_LEGAL)


@lru_cache(maxsize=4)
def _read_legal(named: str) -> Legal:
    path = Path(named) if named else DATA / "legal.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {field.name for field in fields(Legal)}
    if unknown := set(found) - known:
        raise ValueError(f"{path.name} : lignes inconnues, {', '.join(sorted(unknown))}.")
    return Legal(**{name: str(found.get(name, "")).strip() for name in known})


@lru_cache(maxsize=1)
def examined() -> Examined:
    """
    Raises:
        ValueError: a state that is none of ``STATES``.
    """
    criteria = tuple(_criteria())
    count = Counter(one.state for one in criteria)
    return Examined(criteria, {state: count[state] for state in STATES})


@lru_cache(maxsize=1)
def examination() -> Examination:
    """
    Raises:
        KeyError: a line is missing from the file.
    """
    found = tomllib.loads((DATA / "rgaa.toml").read_text(encoding="utf-8"))
    return Examination(
        on=found["on"],
        by=found["by"],
        scope=found["scope"],
        tools=tuple(found["with"]),
        derogations=tuple(found["derogations"]),
    )


def _criteria() -> Iterator[Criterion]:
    with (DATA / "rgaa.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one = Criterion(**row)
            if one.state not in STATES:
                raise ValueError(f"rgaa.csv, critère {one.number} : état inconnu.")
            yield one


def periods(on: date) -> list[RetentionRule]:
    """How long what was sent from a public page is kept, as the rules of this instance say."""
    return [rule_for(code, authority="", on=on) for code in HELD]
