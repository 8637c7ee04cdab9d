"""Which rule holds where and when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fanal.ground.agents.terms import Role
from fanal.ground.deadlines.alarms import parse_alarms
from fanal.ground.deadlines.counting import Period
from fanal.ground.deadlines.models import DeadlineRule, RuleOverride
from fanal.ground.deadlines.terms import ADJUSTABLE, Confidence, Counting, RuleCode, Unit
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority


class NoRuleInForce(Refusal):
    message = (
        "Aucune règle de délai n'est en vigueur pour cet acte : prévenez votre administrateur."
    )


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule as it applies in one authority, on one day."""

    code: RuleCode
    label: str
    article: str
    tag: Confidence
    period: Period
    alarms: tuple[timedelta, ...]
    owner_role: Role
    is_local: bool

    @property
    def basis(self) -> str:
        """The article; a duration given from memory says that nobody checked it."""
        doubt = ", à faire vérifier par un juriste" if self.tag == Confidence.FROM_MEMORY else ""
        return f"{self.article}{doubt}"

    def snapshot(self) -> dict[str, Any]:
        """What a clock remembers of its rule."""
        return {
            "label": self.label,
            "article": self.article,
            "tag": self.tag.value,
            "amount": self.period.amount,
            "unit": self.period.unit.value,
            "counting": self.period.counting.value,
            "moves_to_working_day": self.period.moves_to_working_day,
            "owner_role": self.owner_role.value,
            "is_local": self.is_local,
        }


def rule_version(*, rule: RuleCode, on: date) -> DeadlineRule:
    """
    The version of a rule that holds on a day.

    The first version that we know stands for the years before it: an old file entered today
    still needs its due day.

    Raises:
        NoRuleInForce: no version was loaded, or the last one has ended.
    """
    versions = DeadlineRule.objects.filter(code=rule).order_by("valid_from")
    found = versions.in_force(on=on).first()
    if found is None:
        first = versions.first()
        found = first if first is not None and on < first.valid_from else None
    if found is None:
        raise NoRuleInForce
    return found


def rule_in_force(*, rule: RuleCode, authority: ChildWelfareAuthority, on: date) -> RuleInForce:
    """
    The rule that an authority applies on a day: the national one, or its own where the law
    sets no duration.

    Raises:
        NoRuleInForce: no version was loaded, or the last one has ended.
    """
    version = rule_version(rule=rule, on=on)
    local = None
    if Confidence(version.tag) in ADJUSTABLE:
        overrides = RuleOverride.objects.filter(authority=authority, code=rule)
        local = overrides.in_force(on=on).first()
    length = local or version
    return RuleInForce(
        code=RuleCode(version.code),
        label=version.label,
        article=length.article,
        tag=Confidence(version.tag),
        period=Period(
            amount=length.amount,
            unit=Unit(length.unit),
            counting=Counting(version.counting),
            moves_to_working_day=version.moves_to_working_day,
        ),
        alarms=parse_alarms(local.alarms if local and local.alarms else version.alarms),
        owner_role=Role(version.owner_role),
        is_local=local is not None,
    )
