"""An authority sets its own durations, where the law sets none."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from fanal.ground.audit.models import Trace
from fanal.ground.deadlines.loading import read_rules
from fanal.ground.deadlines.models import DeadlineRule, RuleOverride
from fanal.ground.deadlines.terms import ADJUSTABLE, Confidence, RuleCode, Unit
from fanal.ground.deadlines.use_cases import due, end_override, override_rule
from fanal.ground.deadlines.use_cases.overrides import (
    AlreadyOverridden,
    LegalPeriod,
    UnusableDuration,
)
from fanal.ground.territory.models import ChildWelfareAuthority
from rows import as_owner

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
LEGAL = [row for row in read_rules() if row["tag"] not in ADJUSTABLE]


@pytest.fixture
def nord_authority(db):
    return ChildWelfareAuthority.objects.get(code="59")


@pytest.fixture
def somme_authority(db):
    return ChildWelfareAuthority.objects.get(code="80")


def override(authority, rule=RuleCode.CONCERN_TARGET, amount=10, unit=Unit.DAYS, **rest):
    fields = {"valid_from": date(2026, 1, 1), "agent": None}
    return override_rule(
        authority=authority,
        rule=rule,
        amount=amount,
        unit=unit,
        article="protocole du 3 janvier 2026 (inventé)",
        reason="Décidé avec le parquet (inventé).",
        **fields | rest,
    )


def target_of(authority, since=NOON):
    return due(rule=RuleCode.CONCERN_TARGET, authority=authority, since=since)


def test_an_authority_shortens_a_proposed_target_for_itself_alone(nord_authority, somme_authority):
    override(nord_authority)

    local = target_of(nord_authority)
    assert local.due_on == date(2026, 3, 19)
    assert local.why == (
        "10 jours à compter du 9 mars 2026 (protocole du 3 janvier 2026 (inventé)) : 19 mars 2026"
    )
    assert target_of(somme_authority).due_on == date(2026, 3, 24)


def test_an_override_holds_in_its_own_time(nord_authority):
    override(nord_authority, valid_from=date(2026, 3, 10), valid_to=date(2026, 4, 1))

    def days(since):
        return (target_of(nord_authority, since).due_on - since.date()).days

    assert days(NOON) == 15
    assert days(datetime(2026, 3, 10, 12, tzinfo=UTC)) == 10
    assert days(datetime(2026, 4, 1, 12, tzinfo=UTC)) == 15


@pytest.mark.parametrize("row", LEGAL, ids=[row["code"] for row in LEGAL])
def test_no_authority_changes_a_legal_period(nord_authority, row):
    for amount in (0, row["amount"] + 1):
        with pytest.raises(LegalPeriod):
            override(nord_authority, row["code"], amount, row["unit"])
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize("row", LEGAL, ids=[row["code"] for row in LEGAL])
def test_the_database_too_refuses_to_change_a_legal_period(nord_authority, row):
    forced = RuleOverride(
        authority=nord_authority,
        code=row["code"],
        amount=row["amount"] + 1,
        unit=row["unit"],
        article="art. 1 (inventé)",
        reason="inventé",
        valid_from=date(2026, 5, 1),
    )
    with pytest.raises(IntegrityError, match="override_of_a_legal_period"), transaction.atomic():
        forced.save()


def test_an_override_cannot_become_a_legal_one_afterwards(nord_authority):
    changed = override(nord_authority)

    with pytest.raises(IntegrityError, match="override_of_a_legal_period"), transaction.atomic():
        RuleOverride.objects.filter(pk=changed.pk).update(code=RuleCode.CONCERN_EVALUATION)


def test_two_overrides_of_a_rule_never_hold_together(nord_authority, somme_authority):
    override(nord_authority)
    override(somme_authority)

    with pytest.raises(AlreadyOverridden):
        override(nord_authority, valid_from=date(2026, 6, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": Unit.HOURS},
        {"alarms": "bientôt"},
        {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 1, 1)},
    ],
)
def test_an_override_that_cannot_be_counted_is_refused(nord_authority, wrong):
    with pytest.raises(UnusableDuration):
        override(nord_authority, **wrong)


def test_an_ended_override_gives_way_to_the_national_rule_and_to_another(nord_authority):
    first = override(nord_authority)

    end_override(agent=None, override=first, on=date(2026, 3, 9))

    assert target_of(nord_authority).due_on == date(2026, 3, 24)
    override(nord_authority, amount=7, valid_from=date(2026, 3, 9))
    assert target_of(nord_authority).due_on == date(2026, 3, 16)


def test_an_override_does_not_end_before_it_began(nord_authority):
    first = override(nord_authority)

    with pytest.raises(UnusableDuration):
        end_override(agent=None, override=first, on=date(2026, 1, 1))


def test_once_the_law_sets_the_duration_an_older_override_no_longer_counts(nord_authority):
    first = override(nord_authority)
    DeadlineRule.objects.filter(code=RuleCode.CONCERN_TARGET).update(tag=Confidence.READ)

    assert target_of(nord_authority).due_on == date(2026, 3, 24)
    end_override(agent=None, override=first, on=date(2026, 5, 1))


def test_setting_and_ending_an_override_leave_a_trace(nord_authority, nadia):
    end_override(agent=nadia, override=override(nord_authority, agent=nadia), on=date(2026, 5, 1))

    with as_owner():
        deeds = list(
            Trace.objects.filter(agent=nadia).order_by("at").values_list("deed", flat=True)
        )
    assert deeds == ["deadlines.override_rule", "deadlines.end_override"]
