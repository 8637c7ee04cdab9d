"""The file of rules, and the table made of it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fanal.ground.deadlines.loading import RULES, BadRule, load_rules, read_rules
from fanal.ground.deadlines.models import DeadlineRule
from fanal.ground.deadlines.queries import NoRuleInForce, rule_version
from fanal.ground.deadlines.terms import Confidence, Counting, RuleCode, Unit

FILE = list(read_rules())
CODES = [row["code"] for row in FILE]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("row", FILE, ids=CODES)
def test_every_rule_says_its_label_article_tag_and_start(row):
    assert row["label"]
    assert row["article"]
    assert row["start_event"]
    assert row["tag"] in Confidence
    assert row["alarms"]


@pytest.mark.parametrize("row", FILE, ids=CODES)
def test_only_periods_of_the_cpc_move_to_a_working_day(row):
    assert not row["moves_to_working_day"] or row["article"].endswith(" CPC")


@pytest.mark.parametrize("row", FILE, ids=CODES)
def test_forward_periods_of_the_cpc_all_move(row):
    forward_cpc = row["article"].endswith(" CPC") and row["counting"] != Counting.BACKWARDS
    assert row["moves_to_working_day"] is forward_cpc


@pytest.mark.parametrize("row", FILE, ids=CODES)
def test_a_proposal_never_passes_for_the_law(row):
    is_bare_article = row["article"].startswith("art. ")
    assert is_bare_article is (row["tag"] != Confidence.PROPOSED)


@pytest.mark.parametrize("code", RuleCode)
def test_every_period_that_fanal_watches_has_a_rule(code):
    assert code in CODES


@pytest.mark.parametrize(
    ("code", "amount", "unit", "article"),
    [
        (RuleCode.CONCERN_EVALUATION, 3, Unit.MONTHS, "art. D226-2-4 CASF"),
        (RuleCode.CONCERN_ANSWER_PROFESSIONAL, 3, Unit.MONTHS, "art. L226-5 al. 1 CASF"),
        (RuleCode.OPP_SEISE_JUDGE, 8, Unit.DAYS, "art. 375-5 C. civ."),
        (RuleCode.JUDGE_RULES_AFTER_OPP, 15, Unit.DAYS, "art. 1184 CPC"),
        (RuleCode.URGENT_PLACEMENT_HEARING, 15, Unit.DAYS, "art. 1184 CPC"),
        (RuleCode.PROVISIONAL_MEASURE, 6, Unit.MONTHS, "art. 1185 CPC"),
        (RuleCode.SUMMONS, 8, Unit.DAYS, "art. 1188 CPC"),
        (RuleCode.LAWYER, 8, Unit.DAYS, "art. 1186 CPC"),
        (RuleCode.NOTIFY_DECISION, 8, Unit.DAYS, "art. 1190 CPC"),
        (RuleCode.APPEAL, 15, Unit.DAYS, "art. 1191 CPC"),
        (RuleCode.MEASURE_MAX, 2, Unit.YEARS, "art. 375 C. civ."),
        (RuleCode.AEMO_RENFORCEE_MAX, 1, Unit.YEARS, "art. 375-2 C. civ."),
        (RuleCode.YEARLY_REPORT, 1, Unit.YEARS, "art. 375 C. civ."),
        (RuleCode.HALF_YEARLY_REPORT, 6, Unit.MONTHS, "art. 375 C. civ."),
        (RuleCode.JUDGE_HANDOVER, 1, Unit.MONTHS, "art. 1184 CPC"),
        (RuleCode.PPE, 3, Unit.MONTHS, "art. D223-12 CASF"),
        (RuleCode.SHELTER_72H, 72, Unit.HOURS, "art. L223-2 CASF"),
        (RuleCode.PROVISIONAL_RECEPTION, 5, Unit.DAYS, "art. L223-2 CASF"),
        (RuleCode.PARENTS_SILENCE, 4, Unit.WEEKS, "art. L223-2 CASF"),
        (RuleCode.INTERVIEW_17, 1, Unit.YEARS, "art. L222-5-1 CASF"),
    ],
)
def test_a_legal_period_is_the_one_of_its_article(db, code, amount, unit, article):
    rule = rule_version(rule=code, on=TODAY)

    assert (rule.amount, rule.unit, rule.article) == (amount, unit, article)
    assert rule.tag == Confidence.READ


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [
        (RuleCode.DANGER_OPENED, 15, Unit.MINUTES),
        (RuleCode.CONCERN_TARGET, 15, Unit.DAYS),
        (RuleCode.CONCERN_TARGET_URGENT, 72, Unit.HOURS),
        (RuleCode.REPORT_RETURN_REMINDER, 15, Unit.DAYS),
    ],
)
def test_a_proposed_period_says_that_it_is_one(db, code, amount, unit):
    rule = rule_version(rule=code, on=TODAY)

    assert (rule.amount, rule.unit, rule.tag) == (amount, unit, Confidence.PROPOSED)


def a_rule(**changes):
    fields = {
        "code": "invented",
        "label": "Règle inventée",
        "article": "art. 1 (inventé)",
        "tag": Confidence.READ,
        "start_event": "jour inventé",
        "amount": 3,
        "unit": Unit.MONTHS,
        "counting": Counting.CALENDAR,
        "owner_role": "crip",
        "valid_from": date(2020, 1, 1),
        "digest": "0" * 64,
    }
    return DeadlineRule(**fields | changes)


def test_two_versions_of_a_rule_never_hold_on_the_same_day(db):
    a_rule(valid_to=date(2022, 1, 2)).save()

    with pytest.raises(IntegrityError, match="rule_has_one_version_at_a_time"):
        a_rule(valid_from=date(2022, 1, 1)).save()


def test_a_version_starts_on_the_day_when_the_former_one_ends(db):
    a_rule(valid_to=date(2022, 1, 1)).save()
    a_rule(valid_from=date(2022, 1, 1), amount=2).save()

    in_force = DeadlineRule.objects.filter(code="invented").in_force
    assert in_force(on=date(2021, 12, 31)).get().amount == 3
    assert in_force(on=date(2022, 1, 1)).get().amount == 2


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"moves_to_working_day": True}, "rule_moved_belongs_to_the_cpc"),
        ({"unit": Unit.HOURS}, "rule_instants_are_hours_or_minutes"),
        ({"counting": Counting.INSTANT}, "rule_instants_are_hours_or_minutes"),
        ({"article": ""}, "rule_has_article_and_label"),
        ({"valid_to": date(2020, 1, 1)}, "rule_validity_is_a_period"),
    ],
)
def test_the_database_refuses_a_rule_that_means_nothing(db, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        a_rule(**changes).save()


def test_a_day_before_the_first_version_that_we_know_uses_that_version(db):
    a_rule(code=RuleCode.PPE, valid_from=date(1990, 1, 1), valid_to=date(1991, 1, 1)).save()

    assert rule_version(rule=RuleCode.PPE, on=date(1980, 1, 1)).valid_from == date(1990, 1, 1)


def test_a_rule_that_ended_without_a_successor_is_not_guessed(db):
    DeadlineRule.objects.filter(code=RuleCode.PPE).update(valid_to=date(2026, 6, 1))

    assert rule_version(rule=RuleCode.PPE, on=date(2026, 5, 31))
    with pytest.raises(NoRuleInForce):
        rule_version(rule=RuleCode.PPE, on=date(2026, 6, 1))


def test_loading_the_same_file_again_changes_nothing(db, django_assert_num_queries):
    load_rules(using="default")
    before = list(DeadlineRule.objects.values_list("pk", flat=True))

    with django_assert_num_queries(1):
        again = load_rules(using="default")

    assert not again.changed
    assert again.rules == len(FILE)
    assert list(DeadlineRule.objects.values_list("pk", flat=True)) == before


def test_a_new_file_replaces_the_former_one(db, tmp_path):
    text = RULES.read_text(encoding="utf-8")
    path = tmp_path / "rules.csv"
    path.write_text(text.replace(",A,réception par la CRIP,15,", ",A,réception par la CRIP,10,"))

    assert load_rules(path=path, using="default").changed
    assert rule_version(rule=RuleCode.CONCERN_TARGET, on=TODAY).amount == 10
    assert DeadlineRule.objects.count() == len(FILE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("concern_target_urgent,", "concern_hurry,"),
        (",72,hours,instant,", ",72,hours,calendar,"),
        (",V,", ",W,"),
        ("art. D226-2-4 CASF", ""),
        ("-PT24H", "24h"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(db, tmp_path, right, wrong):
    path = tmp_path / "rules.csv"
    path.write_text(RULES.read_text(encoding="utf-8").replace(right, wrong, 1))

    with pytest.raises(BadRule, match=r"rules\.csv, line \d+"):
        load_rules(path=path, using="default")
    assert DeadlineRule.objects.count() == len(FILE)
