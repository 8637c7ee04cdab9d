"""How sure an entry is, said in words; a flood weighs no more than a few people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.prevent.spaces.freshness.confidence import Entry, confidence_of, old_fields, weight_of
from fanal.prevent.spaces.freshness.terms import WEIGHTS, DoubtSource

TODAY = date(2026, 11, 28)
LATELY, LONG_AGO = "2026-11-01", "2026-01-15"
COUNTS = st.dictionaries(st.sampled_from(DoubtSource.values), st.integers(0, 10_000))


def entry(**changes: Any) -> Entry:
    plain: dict[str, Any] = {
        "verified": {"phone": LATELY},
        "verified_on": date(2026, 11, 1),
        "source_date": "",
        "doubts": {},
    }
    return Entry(**plain | changes)


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        (entry(), ()),
        (entry(verified={}, verified_on=None), ("jamais confirmé",)),
        (
            entry(verified={}, verified_on=None, source_date="2022-11"),
            ("jamais confirmé (source de 2022-11)",),
        ),
        (entry(verified_on=date(2026, 1, 15)), ("confirmé il y a 10 mois",)),
        (
            entry(verified={"phone": LONG_AGO, "address": LATELY, "hours": LONG_AGO}),
            ("plus de six mois pour : téléphone, horaires",),
        ),
        (
            entry(doubts={"wrong_number": 2, "closed": 1}, amended=1),
            (
                "le lieu dit avoir fermé",
                "2 personnes disent que le numéro ne répond pas",
                "le lieu propose une correction",
            ),
        ),
    ],
    ids=["sure", "never", "source", "old", "old fields", "doubts"],
)
def test_reasons_are_said_in_words(found: Entry, reasons: tuple[str, ...]) -> None:
    assert confidence_of(found, on=TODAY).reasons == reasons


@given(fewer=COUNTS, more=COUNTS)
def test_more_doubts_never_weigh_less_and_a_flood_stops(
    fewer: dict[str, int], more: dict[str, int]
) -> None:
    together = {one: fewer.get(one, 0) + more.get(one, 0) for one in DoubtSource.values}
    assert weight_of(fewer) <= weight_of(together)
    assert weight_of(together) <= sum(weight * most for weight, most in WEIGHTS.values())
    assert weight_of({DoubtSource.WRONG_NUMBER: 10_000}) == weight_of({"wrong_number": 3})


@given(days=st.integers(0, 1000))
def test_a_field_turns_old_at_the_same_age_as_its_place(days: int) -> None:
    day = TODAY - timedelta(days=days)
    found = confidence_of(entry(verified_on=day), on=TODAY)
    assert found.is_fresh == (days <= 180) == (not old_fields({"phone": f"{day}"}, on=TODAY))
