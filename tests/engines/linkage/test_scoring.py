"""The search of one person: the same weights, the reasons, and quickly enough to wait for."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from engines.linkage.people import PROFILE, columns, file, person, seen
from fanal.engines.linkage.deduping import Linked, dedupe
from fanal.engines.linkage.evidence import Comparison
from fanal.engines.linkage.keys import keys
from fanal.engines.linkage.model import model_of, read_model
from fanal.engines.linkage.refusals import UnreadableModel
from fanal.engines.linkage.scoring import nearest

ROWS, WHOSE = file(400)


@pytest.fixture(scope="module")
def found() -> Linked:
    return dedupe(columns(ROWS), PROFILE)


@pytest.fixture(scope="module")
def comparison(found: Linked) -> Comparison:
    model = model_of(found.encoded, found.agreement, found.weights, found.persons)
    return Comparison(read_model(model.as_text()), PROFILE)


def test_the_records_of_a_person_come_first(comparison: Comparison) -> None:
    draw = random.Random(5)  # noqa: S311
    right = 0
    for _ in range(30):
        one = person(draw)
        known = [*ROWS[:300], seen(one, draw)]
        right += nearest(comparison, seen(one, draw), known)[0].place == 300

    assert right >= 28


def test_many_at_once_are_weighed_as_each_alone(comparison: Comparison) -> None:
    for one in ROWS[:40]:
        weighed = comparison.weigh(one, ROWS[40:90])
        told = [comparison.compare(one, other).bits for other in ROWS[40:90]]
        assert weighed == pytest.approx(told, abs=1e-9)


def test_what_is_missing_says_nothing(comparison: Comparison) -> None:
    told = comparison.compare(ROWS[0], {})

    assert all(field.bits == 0.0 for field in told.fields)
    assert told.bits == told.before


def test_those_too_unlikely_are_left_out(comparison: Comparison) -> None:
    found = nearest(comparison, ROWS[0], ROWS[1:200], least=0.5)

    assert all(one.compared.probability >= 0.5 for one in found)


def test_a_model_holds_nothing_that_could_be_somebody(found: Linked) -> None:
    lone = {**ROWS[0], "nom": "Seulalesavoir", "telephone": "0639989999"}
    linked = dedupe(columns([*ROWS, lone]), PROFILE)

    text = model_of(linked.encoded, linked.agreement, linked.weights, linked.persons).as_text()

    assert "seulalesavoir" not in text
    assert not any(row["telephone"] in text for row in ROWS if row["telephone"])
    assert not any(row["date_naissance"] in text for row in ROWS)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "fanal-linkage-model"}', "null"])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(UnreadableModel):
        read_model(text)


def test_a_model_of_another_version_is_refused(found: Linked) -> None:
    model = model_of(found.encoded, found.agreement, found.weights, found.persons)

    with pytest.raises(UnreadableModel, match="autre version"):
        read_model(replace(model).as_text().replace('"version": 1', '"version": 0'))


def test_two_ways_of_writing_a_person_share_a_key() -> None:
    one = {"prenom": "Khadija", "nom": "Benali", "date_naissance": "2010-05-02"}
    other = {"prenom": "Ben Ali", "nom": "Hadidja", "date_naissance": "2010-01-01"}

    assert keys(one, PROFILE) & keys(other, PROFILE)
    assert keys({}, PROFILE) == frozenset()
