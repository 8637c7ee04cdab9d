"""A period is never cut short, and what still runs is never due."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.retention.declarations import Ended, Living
from fanal.ground.retention.queries import Verdict, _of_active
from fanal.ground.retention.rules import BadRetentionRule, read_rules, rule_for, rules
from fanal.ground.retention.terms import RuleCode, Then

DAYS = st.dates(date(2022, 3, 1), date(2040, 12, 31))
CODES = st.sampled_from(
    [RuleCode.CONCERN_WITHOUT_FOLLOW_UP, RuleCode.FOLLOW_UP, RuleCode.UNCONFIRMED_OBSERVATION]
)
ENDED = st.builds(Ended, case_file_id=st.just(1), rule=CODES, on=DAYS)
ROOT: Any = SimpleNamespace(pk=1, authority_id="59")
TODAY = date(2026, 3, 9)


def test_every_object_of_the_domain_has_its_rule_with_a_basis() -> None:
    assert {rule.code for rule in rules()} == set(RuleCode)
    assert all(rule.basis and rule.start_event for rule in rules())


@given(since=DAYS, code=st.sampled_from(RuleCode))
def test_a_period_never_ends_before_its_length(since: date, code: RuleCode) -> None:
    rule = rule_for(code, authority="", on=TODAY)
    shortest = {"days": 1, "months": 28, "years": 365}[rule.unit]

    end = rule.ends(since)

    assert end >= since + timedelta(days=rule.amount * shortest)
    assert end.day == since.day or rule.unit == "days" or (since.day > 28 and end.day == 1)


def test_a_month_too_short_runs_to_the_next_day() -> None:
    six_months = rule_for(RuleCode.DRAFT, authority="", on=TODAY)
    two_years = rule_for(RuleCode.FOLLOW_UP, authority="", on=TODAY)

    assert six_months.ends(date(2025, 8, 31)) == date(2026, 3, 1)
    assert two_years.ends(date(2024, 2, 29)) == date(2026, 3, 1)


@given(said=st.lists(ENDED, min_size=1, max_size=6))
def test_a_file_is_never_due_before_each_of_its_parts(said: list[Ended]) -> None:
    found = _of_active(ROOT, list(said), TODAY)

    assert found is not None
    rule, until = found
    for one in said:
        own = rule_for(one.rule, authority="59", on=TODAY)
        assert until >= own.ends(one.on)
        assert rule.then is Then.ARCHIVE or own.then is not Then.ARCHIVE
    verdict = Verdict(ROOT, frozenset({1}), rule, until, held=False)
    assert not verdict.is_due(until)
    assert verdict.is_due(until + timedelta(days=1))


@given(said=st.lists(ENDED, max_size=4), place=st.integers(0, 4))
def test_a_file_where_something_runs_is_never_due(said: list[Ended], place: int) -> None:
    both: list[Living | Ended] = list(said)
    both.insert(place, Living(1, "une mesure court"))

    assert _of_active(ROOT, both, TODAY) is None


def test_an_authoritys_own_line_passes_first(tmp_path: Any, settings: Any) -> None:
    head = "code,authority,object,start_event,amount,unit,then,basis,tag,valid_from,valid_to,note\n"
    path = tmp_path / "rules.csv"
    path.write_text(
        head
        + "draft,,brouillon,enregistrement,6,months,erase,proposition,A,2021-11-15,,\n"
        + "draft,59,brouillon,enregistrement,3,months,erase,délibération,V,2021-11-15,,\n",
        encoding="utf-8",
    )
    settings.FANAL_RETENTION_RULES = str(path)

    assert rule_for(RuleCode.DRAFT, authority="59", on=TODAY).amount == 3
    assert rule_for(RuleCode.DRAFT, authority="13", on=TODAY).amount == 6
    with pytest.raises(BadRetentionRule, match="Aucune durée"):
        rule_for(RuleCode.CHAT, authority="59", on=TODAY)
    path.write_text(f"{head}draft,,x,y,0,months,erase,z,A,2021-11-15,,\n", encoding="utf-8")
    with pytest.raises(BadRetentionRule, match="ligne 2"):
        list(read_rules(path))
