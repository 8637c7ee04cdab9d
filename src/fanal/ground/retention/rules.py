"""How long each thing is kept: dated data, an authority's own line before the national one."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fanal.ground.deadlines.terms import Confidence
from fanal.ground.errors import Refusal
from fanal.ground.retention.terms import RuleCode, Then

NATIONAL = Path(__file__).parent / "data" / "rules.csv"
UNITS = ("days", "months", "years")
UNIT_WORDS = {"days": "jours", "months": "mois", "years": "ans"}
MONTHS = 12


class BadRetentionRule(Refusal):
    """A line of the rules that cannot be one."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    code: RuleCode
    authority: str
    thing: str
    start_event: str
    amount: int
    unit: str
    then: Then
    basis: str
    tag: Confidence
    valid_from: date
    valid_to: date | None
    note: str

    def ends(self, since: date) -> date:
        """
        The last day on which the thing is kept. It is due the day after, never before.

        A month without that day runs to the first of the next: a period is never cut short.
        """
        if self.unit == "days":
            return since + timedelta(days=self.amount)
        months = self.amount * (MONTHS if self.unit == "years" else 1)
        year, month = divmod(since.year * MONTHS + since.month - 1 + months, MONTHS)
        month += 1
        if since.day <= monthrange(year, month)[1]:
            return date(year, month, since.day)
        return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def period(self) -> str:
        word = "an" if (self.amount, self.unit) == (1, "years") else UNIT_WORDS[self.unit]
        # One line: a number is not parted from its unit.
        return f"{self.amount}\u00a0{word}"


def rule_for(code: RuleCode, *, authority: str, on: date) -> RetentionRule:
    """
    The rule in force that day: the authority's own if it has one.

    Raises:
        BadRetentionRule: no line holds that day.
    """
    found = [rule for rule in rules() if rule.code == code and rule.holds_on(on)]
    for rule in found:
        if rule.authority and rule.authority == authority:
            return rule
    for rule in found:
        if not rule.authority:
            return rule
    raise BadRetentionRule(f"Aucune durée de conservation « {code.label} » au {on:%d/%m/%Y}.")


def rules() -> list[RetentionRule]:
    """
    Every line: Fanal's own, or those of the file that ``FANAL_RETENTION_RULES`` names.

    Raises:
        BadRetentionRule: a line has an unknown word or a period that means nothing.
    """
    named = getattr(settings, "FANAL_RETENTION_RULES", "")
    return _read(Path(named) if named else NATIONAL)


@lru_cache(maxsize=8)
def _read(path: Path) -> list[RetentionRule]:
    return list(read_rules(path))


def read_rules(path: Path) -> Iterator[RetentionRule]:
    """
    Raises:
        BadRetentionRule: see ``rules``.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield _rule(row)
            except (KeyError, ValueError, TypeError):
                raise BadRetentionRule(
                    f"{path.name}, ligne {number} : cette durée de conservation n'est pas lisible."
                ) from None


def _rule(row: dict[str, str]) -> RetentionRule:
    amount = int(row["amount"])
    if amount < 1 or row["unit"] not in UNITS or not row["basis"]:
        raise ValueError(row["code"])
    return RetentionRule(
        code=RuleCode(row["code"]),
        authority=row["authority"],
        thing=row["object"],
        start_event=row["start_event"],
        amount=amount,
        unit=row["unit"],
        then=Then(row["then"]),
        basis=row["basis"],
        tag=Confidence(row["tag"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        note=row["note"],
    )
