"""The grid says facts and next steps; never a total, a level or a number about a child."""

import dataclasses
import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.detect.screening.grid import (
    ACT_NOW,
    STRONG,
    Item,
    Reading,
    UnknownGrid,
    UnknownIndicator,
    known_codes,
    load,
    read,
)

GRID = load("GRID_FR_1")
ITEMS = {item.code: item for domain in GRID.domains for item in domain.items}
DOMAINS = [domain.code for domain in GRID.domains]

# Levels by domain, in the order of the handbook's list of signs.
LEVELS = {
    "RUN": [2, 2, 2, 2, 1],
    "SCH": [1, 1, 2],
    "MAT": [2, 2, 1, 3],
    "DIG": [3, 2, 3],
    "REL": [2, 3, 3],
    "HLT": [2, 3, 2, 2],
    "HIS": [1, 2, 1, 3],
    "SAY": [3, 2, 1],
}


def codes_of(level: int) -> list[str]:
    return [code for code, item in ITEMS.items() if item.level == level]


def domain_of(code: str) -> str:
    return code.split("-", maxsplit=1)[0]


def steps(*codes: str) -> list[str]:
    return [step.code for step in read(codes).next_steps]


def test_the_grid_holds_every_sign_with_its_level():
    assert {domain.code: [item.level for item in domain.items] for domain in GRID.domains} == LEVELS
    for domain in GRID.domains:
        numbers = [f"{domain.code}-{n}" for n in range(1, len(domain.items) + 1)]
        assert [item.code for item in domain.items] == numbers


def test_the_grid_says_where_it_comes_from_and_what_it_is_worth():
    assert (GRID.version, GRID.tag) == ("GRID_FR_1", "A")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", GRID.date)
    assert "sans validation scientifique" in GRID.source


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_each_sign_is_a_fact_with_an_example_and_a_step(item: Item):
    assert item.fact.endswith(".")
    assert item.example.endswith((".", "»."))
    assert item.fact != item.example
    assert item.steps
    assert set(item.steps) <= {step.code for step in GRID.steps}


def test_no_word_of_the_grid_labels_a_child():
    words = " ".join(f"{item.fact} {item.example}" for item in ITEMS.values()).casefold()

    for label in ("prostitu", "escort", "michet", "lover", "sugar", "client", "passe "):
        assert label not in words


def test_every_step_has_its_reason_and_can_be_reached():
    reached = {step.code for code in known_codes() for step in read([code]).next_steps}

    assert reached == {step.code for step in GRID.steps}
    assert all(step.text.endswith(".") and step.reason.endswith(".") for step in GRID.steps)


def test_a_domain_alone_is_a_known_code():
    assert known_codes() == {*DOMAINS, *ITEMS}

    reading = read(["RUN"])

    assert [(d.code, [fact.text for fact in d.facts]) for d in reading.domains] == [
        ("RUN", ["Des signes dans ce domaine, sans précision."])
    ]
    assert "PRECISE" in steps("RUN")


def test_a_fact_makes_its_domain_precise():
    assert read(["RUN", "RUN-5"]).codes == ("RUN-5",)
    assert "PRECISE" not in steps("RUN", "RUN-5")


def test_nothing_observed_gives_nothing_to_do():
    reading = read([])

    assert (reading.domains, reading.next_steps) == ((), ())


def test_an_unknown_code_is_refused():
    for code in ("RUN-9", "run-1", "", "ZZZ"):
        with pytest.raises(UnknownIndicator):
            read(["RUN-1", code])
    with pytest.raises(UnknownGrid):
        load("GRID_FR_0")


@pytest.mark.parametrize("code", codes_of(ACT_NOW))
def test_one_fact_to_act_on_is_discussed_the_same_day(code):
    first = read([code]).next_steps[0]

    assert first.code == "SAME_DAY"
    assert first.today
    assert first.facts == (ITEMS[code].fact,)
    assert "responsable" in first.text
    assert "CRIP" in first.text


@pytest.mark.parametrize(("one", "other"), list(combinations(codes_of(STRONG), 2)))
def test_two_strong_facts_are_discussed_the_same_day_when_their_domains_differ(one, other):
    told = steps(one, other)

    assert ("SAME_DAY" in told) is (domain_of(one) != domain_of(other))
    assert ("TEAM" in told) is (domain_of(one) == domain_of(other))


def test_weak_signs_however_many_wait_for_the_team():
    told = steps(*codes_of(1), *DOMAINS)

    assert "SAME_DAY" not in told
    assert "TEAM" in told


observed = st.sets(st.sampled_from(sorted(known_codes())))


def words_of(reading: Reading) -> list[tuple[str, Any]]:
    """Every leaf of the reading with the name of its field."""
    found: list[tuple[str, Any]] = []

    def walk(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(key, inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(name, inner)
        else:
            found.append((name, value))

    walk("", dataclasses.asdict(reading))
    return found


@settings(deadline=None)
@given(observed)
def test_the_output_holds_no_number_about_the_child(codes):
    reading = read(codes)

    assert all(isinstance(value, str) for _, value in words_of(reading))
    names = {field.name for part in (Reading, type(reading)) for field in dataclasses.fields(part)}
    assert names == {"version", "domains", "next_steps"}
    own = {step.text for step in GRID.steps} | {step.reason for step in GRID.steps}
    own |= {item.fact for item in ITEMS.values()} | {GRID.domain_alone, GRID.version}
    own |= {domain.title for domain in GRID.domains} | known_codes()
    own |= {step.code for step in GRID.steps}
    assert {value for _, value in words_of(reading)} <= own


@settings(deadline=None)
@given(observed, st.randoms())
def test_neither_order_nor_repetition_changes_the_reading(codes, chance):
    twice = [*codes, *codes]
    chance.shuffle(twice)

    assert read(twice) == read(codes)


@settings(deadline=None)
@given(observed)
def test_every_fact_ticked_is_told_and_every_step_has_a_reason(codes):
    reading = read(codes)

    alone = {
        code
        for code in codes
        if code in DOMAINS and not any(domain_of(c) == code and c != code for c in codes)
    }
    assert set(reading.codes) == {code for code in codes if code in ITEMS} | alone
    assert all(step.reason for step in reading.next_steps)
    if codes:
        assert {"WRITE", "TRANSMIT"} <= {step.code for step in reading.next_steps}


@settings(deadline=None)
@given(observed, observed)
def test_one_more_fact_never_takes_a_same_day_talk_away(codes, more):
    if "SAME_DAY" in steps(*codes):
        assert "SAME_DAY" in steps(*codes, *more)
