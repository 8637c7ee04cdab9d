"""Numbers, names and words as the report writes them."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.population.answers import Answer
from fanal.engines.population.names import WHY, listed, plural, short, silent
from fanal.engines.population.refusals import Code, Refused
from fanal.engines.population.reporting.markup import Table, said, written
from fanal.engines.population.reporting.scales import Scale, of_answers, of_ratios
from fanal.engines.population.reporting.voice import NO_INTERVAL, Voice, decimal, percent, whole

PUBLIC, PROTECTED = Voice(public=True), Voice(public=False)
people = st.floats(1, 1e8)


def read(words: str) -> int:
    return int(re.sub(r"\D", "", words))


@given(people, people)
def test_protected_limits_hold_the_true_ones_and_are_multiples_of_twenty(
    one: float, other: float
) -> None:
    lower, upper = sorted((one, other))

    told = [read(part) for part in PROTECTED.between(lower, upper).split("à")]

    assert told[0] <= lower
    assert upper <= told[1]
    assert told[0] % 20 == told[1] % 20 == 0


@given(people)
def test_three_digits_are_enough_for_an_estimate(number: float) -> None:
    told = read(PUBLIC.people(number))

    assert abs(told - number) <= max(0.5, number * 0.005) + 1e-6
    assert len(str(told).rstrip("0")) <= 3


def test_an_estimate_is_never_told_without_its_interval() -> None:
    assert PUBLIC.estimate(11_313, 9_240, 15_020) == "11\u202f300 (9\u202f240\xa0à\xa015\u202f000)"
    assert PUBLIC.estimate(11_313, None, None) == NO_INTERVAL
    assert "11" not in PUBLIC.answer(Answer("stepwise", 11_313.0))
    assert PUBLIC.estimate(500, 300, None) == "500 (300 ou plus)"


def test_a_refusal_is_its_reason() -> None:
    answer = Answer("stepwise", refused=Refused.because(Code.NO_OVERLAP))

    assert PUBLIC.answer(answer).startswith("Aucune personne")
    assert silent(answer) == "sans réponse : personne sur deux listes"
    assert silent(Answer("stepwise", 5.0)) == NO_INTERVAL
    assert silent(Answer("stepwise", 5.0, 4.0, 6.0)) is None


def test_the_usual_reasons_fit_beside_a_name_on_a_phone() -> None:
    assert all(len(f"sans réponse : {words}") <= 44 for words in WHY.values())


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.0123, "0,012"), (1234.5, "1\u202f200"), (0.5, "0,50"), (12.0, "12"), (0, "0")],
)
def test_a_decimal_has_a_comma(number: float, words: str) -> None:
    assert decimal(number) == words


def test_shares_are_percents_with_a_firm_space() -> None:
    assert percent(0.0805) == "8\xa0%"
    assert percent(0.004) == "moins de 1\xa0%"
    assert percent(0) == "0\xa0%"
    assert whole(1_234_567) == "1\u202f234\u202f567"


def test_names_are_joined_shortened_and_counted_in_french() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B et C"
    assert short("Aide sociale", 6) == "Aide…"
    assert plural(1.5, "liste", "listes") == "liste"
    assert plural(0, "liste", "listes") == "liste"
    assert plural(2, "liste", "listes") == "listes"


def test_text_is_escaped_and_its_french_spaces_are_firm() -> None:
    assert said("a : « b » ; c ?") == "a\xa0: «\xa0b\xa0»\xa0; c\xa0?"
    assert said("<script>&\"'") == "&lt;script&gt;&amp;&quot;&#x27;"


def test_a_table_says_its_rows_and_columns_to_those_who_hear_it() -> None:
    html = written(Table("Titre", ("Nom", "Nombre"), [("a<b", "1")], frozenset({1})))

    assert "<table><caption>Titre</caption>" in html
    assert '<th scope="col" class="number">Nombre</th>' in html
    assert '<th scope="row">a&lt;b</th><td class="number" data-label="Nombre">1</td>' in html


@given(st.floats(1, 1e6), st.floats(1.01, 1e4), st.booleans(), st.floats(0.5, 2e9))
def test_a_scale_stays_on_the_page_and_so_do_its_ticks(
    low: float, times: float, log: bool, value: float
) -> None:
    scale = Scale(low, low * times, log=log)

    assert 0 <= scale.at(value) <= 100 + 1e-6
    assert len(scale.ticks()) <= 6
    assert all(low * 0.999 <= tick <= low * times * 1.001 for tick in scale.ticks())


def test_a_limit_too_far_is_cut_and_the_others_keep_their_room() -> None:
    near, far = Answer("a", 170.0, 120.0, 300.0), Answer("b", 150.0, 110.0, 6e6)

    scale = of_answers([near, far], 100)

    assert scale.high < 1000


def test_ratios_have_one_in_the_middle() -> None:
    scale = of_ratios([0.3, 2.0])

    assert scale.at(1) == pytest.approx(50)
    assert scale.at(0.3) > 0
    assert math.isclose(scale.low, 1 / scale.high)
