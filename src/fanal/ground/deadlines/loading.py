"""Loads the rules of ``data/rules.csv``: the table then says what the file says."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.alarms import parse_alarms
from fanal.ground.deadlines.counting import Period
from fanal.ground.deadlines.models import DeadlineRule
from fanal.ground.deadlines.terms import Confidence, Counting, RuleCode, Unit

RULES = Path(__file__).parent / "data" / "rules.csv"


class BadRule(ValueError):
    """A line of the file that cannot be a rule."""


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """How many rules the file holds, whether the table had to change, the file's digest."""

    rules: int
    changed: bool
    digest: str


def load_rules(*, path: Path = RULES, using: str = "owner") -> LoadedRules:
    """
    Make the table of rules say what the file says; a file already loaded changes nothing.

    Running clocks keep the rule that they started with.

    Raises:
        BadRule: a line cannot be a rule; nothing is loaded.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    rows = list(read_rules(path=path))
    stored = DeadlineRule.objects.using(using)
    if list(stored.values_list("digest", flat=True)) == [digest] * len(rows):
        return LoadedRules(rules=len(rows), changed=False, digest=digest)
    with transaction.atomic(using=using):
        stored.all().delete()
        stored.bulk_create(DeadlineRule(**row, digest=digest) for row in rows)
    return LoadedRules(rules=len(rows), changed=True, digest=digest)


def read_rules(*, path: Path = RULES) -> Iterator[dict[str, Any]]:
    """
    Read the rules of a file, one by one.

    Raises:
        BadRule: a line has an unknown word, a count that means nothing or no article.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield _rule(row)
            except (KeyError, ValueError) as error:
                raise BadRule(f"{path.name}, line {number}: {error}") from error


def _rule(row: dict[str, str]) -> dict[str, Any]:
    for needed in ("label", "article", "start_event"):
        if not row[needed]:
            raise BadRule(f"no {needed}")
    period = Period(
        amount=int(row["amount"]),
        unit=Unit(row["unit"]),
        counting=Counting(row["counting"]),
        moves_to_working_day=row["moves_to_working_day"] == "yes",
    )
    parse_alarms(row["alarms"])
    return {
        "code": RuleCode(row["code"]),
        "label": row["label"],
        "article": row["article"],
        "tag": Confidence(row["tag"]),
        "start_event": row["start_event"],
        "amount": period.amount,
        "unit": period.unit,
        "counting": period.counting,
        "moves_to_working_day": period.moves_to_working_day,
        "owner_role": Role(row["owner_role"]),
        "alarms": row["alarms"],
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "note": row["note"],
    }
