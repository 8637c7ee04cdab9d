"""An authority sets its own durations, where the law sets none."""

from datetime import date

from django.db import IntegrityError, transaction

from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.deadlines.alarms import UnreadableAlarms, parse_alarms
from fanal.ground.deadlines.counting import IncoherentPeriod, Period
from fanal.ground.deadlines.models import RuleOverride
from fanal.ground.deadlines.queries import rule_version
from fanal.ground.deadlines.terms import ADJUSTABLE, Confidence, Counting, RuleCode, Unit
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority


class LegalPeriod(Refusal):
    message = "Ce délai est fixé par la loi : une autorité ne peut pas le changer."


class UnusableDuration(Refusal):
    message = (
        "Cette durée ne peut pas remplacer celle de la règle : vérifiez l'unité et les alarmes."
    )


class AlreadyOverridden(Refusal):
    message = "Un délai local existe déjà pour cette période : mettez-y fin d'abord."


@transaction.atomic
def override_rule(
    *,
    agent: Agent | None,
    authority: ChildWelfareAuthority,
    rule: RuleCode,
    amount: int,
    unit: Unit,
    article: str,
    reason: str,
    valid_from: date,
    valid_to: date | None = None,
    alarms: str = "",
) -> RuleOverride:
    """
    Give a rule another duration in one authority; running clocks do not change.

    ``article`` is the local text: a protocol, a deliberation.

    Raises:
        LegalPeriod: the duration is the law's.
        UnusableDuration: the unit does not suit the way the rule is counted.
        AlreadyOverridden: another local duration holds at that time.
        NoRuleInForce: no version of the rule holds on ``valid_from``.
    """
    version = rule_version(rule=rule, on=valid_from)
    if Confidence(version.tag) not in ADJUSTABLE:
        raise LegalPeriod
    try:
        Period(amount=amount, unit=unit, counting=Counting(version.counting))
        parse_alarms(alarms)
    except (IncoherentPeriod, UnreadableAlarms) as error:
        raise UnusableDuration from error
    override = RuleOverride(
        authority=authority,
        code=rule,
        amount=amount,
        unit=unit,
        alarms=alarms,
        article=article,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _save_alone(override)
    record(
        agent=agent,
        deed="deadlines.override_rule",
        subject=override,
        detail={
            "rule": rule.value,
            "authority": authority.code,
            "amount": amount,
            "unit": unit.value,
        },
    )
    return override


@transaction.atomic
def end_override(*, agent: Agent | None, override: RuleOverride, on: date) -> RuleOverride:
    """
    Return to the national duration from a day on.

    Raises:
        UnusableDuration: the day is not after the one when the local duration began.
    """
    if on <= override.valid_from:
        raise UnusableDuration("Un délai local prend fin après le jour où il commence.")
    override.valid_to = on
    override.save(update_fields=["valid_to"])
    record(
        agent=agent,
        deed="deadlines.end_override",
        subject=override,
        detail={"rule": override.code, "authority": override.authority.code},
    )
    return override


def _save_alone(override: RuleOverride) -> None:
    try:
        with transaction.atomic():
            override.save(force_insert=True)
    except IntegrityError as error:
        # The reader below the trigger and the exclusion constraint gets a sentence, not a code.
        if "override_has_one_version_at_a_time" in str(error):
            raise AlreadyOverridden from error
        if "override_validity_is_a_period" in str(error):
            raise UnusableDuration(
                "Un délai local prend fin après le jour où il commence."
            ) from error
        raise
