"""The rules of secrecy: named, dated, sourced."""

from __future__ import annotations

from datetime import date

import pytest

from fanal.engines.disclosure.policies import UnknownPolicy, policies, policy

SPRING = date(2026, 3, 31)


def test_every_rule_says_where_it_comes_from() -> None:
    for one in policies().values():
        assert one.label
        assert len(one.source) > 40, one.full_name


def test_the_rule_for_minors_is_the_strictest_on_every_count() -> None:
    minors = policy("mineurs", on=SPRING)

    assert (minors.threshold, minors.rounding, minors.capture_threshold) == (11, 5, 20)
    assert minors.hides_zeros
    assert not minors.allows_territory("commune")
    assert not minors.allows_territory("epci")
    assert minors.allows_territory("departement")
    assert not minors.allows_period("month")
    assert minors.allows_period("quarter")
    for other in policies().values():
        assert minors.threshold >= other.threshold
        assert minors.width >= other.width
        assert minors.contributors >= other.contributors


def test_lists_crossed_below_the_country_have_their_own_threshold() -> None:
    minors = policy("mineurs", on=SPRING)

    assert minors.threshold_for(capture=True, level="departement") == 20
    assert minors.threshold_for(capture=True, level="national") == 11
    assert minors.threshold_for(capture=False, level="departement") == 11


def test_a_rule_is_found_by_name_or_by_version() -> None:
    assert policy("mineurs", on=SPRING) == policy("mineurs-1", on=SPRING)
    assert policy("insee-fiscal", on=SPRING).threshold == 11
    assert policy("insee-entreprises", on=SPRING).share_at_most == 0.85


def test_a_rule_does_not_hold_before_its_day() -> None:
    with pytest.raises(UnknownPolicy, match="01/01/2026"):
        policy("mineurs", on=date(2025, 12, 31))


def test_an_unknown_rule_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownPolicy, match="mineurs"):
        policy("secret-maison", on=SPRING)
