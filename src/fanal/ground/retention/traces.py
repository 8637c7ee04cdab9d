"""Traces of access: their rule becomes the journal's term, and their segments leave whole."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fanal.ground.access.decisions import PARIS
from fanal.ground.audit.sealing import Term, about_to_expire, expire, set_terms
from fanal.ground.retention.rules import MONTHS, BadRetentionRule, RetentionRule, rule_for, rules
from fanal.ground.retention.terms import RuleCode, Then


def load_trace_terms(*, using: str = "owner") -> bool:
    """
    Write the dated rule of the traces where the database obeys it; whether it changed.

    Raises:
        BadRetentionRule: its line says something else than to erase after whole months, or is
            of one authority: the journal is the installation's.
    """
    found = [rule for rule in rules() if rule.code is RuleCode.ACCESS_LOG]
    return set_terms([_term(rule) for rule in found], using=using)


def _term(rule: RetentionRule) -> Term:
    if rule.authority or rule.unit == "days" or rule.then is not Then.ERASE:
        raise BadRetentionRule(
            "Les traces d’accès s’effacent par segments entiers : leur durée est en mois ou en "
            "années, la même pour toutes les autorités."
        )
    months = rule.amount * (MONTHS if rule.unit == "years" else 1)
    return Term(rule.valid_from, months, rule.basis)


def trace_rule(now: datetime) -> RetentionRule:
    return rule_for(RuleCode.ACCESS_LOG, authority="", on=now.astimezone(PARIS).date())


def expired_traces() -> Counter[str]:
    """Remove what reached its term; the count by authority, « » for those of no authority."""
    return _by_authority(expire())


def traces_about_to_expire() -> Counter[str]:
    """What ``expired_traces`` would remove now."""
    return _by_authority(about_to_expire())


def _by_authority(chains: dict[str, int]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for chain, count in chains.items():
        kind, _, code = chain.partition(":")
        counted[code if kind == "authority" else ""] += count
    return counted
