"""A row for statistics: the same child counted once, and nobody found again."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.detect.concerns.models import Concern, Informant
from fanal.ground.people.models import Minor
from fanal.ground.privacy.pseudonyms import (
    FATES,
    KeyTooShort,
    fate_of,
    pseudonym,
    pseudonymise,
)
from fanal.ground.privacy.registry import our_models, stored_fields, tag_of
from fanal.ground.privacy.terms import Fate, Tag
from fanal.ground.territory.models import Commune, Departement

KEY, OTHER = b"k" * 32, b"o" * 32
WORD = "Zoé-Telltale-Inventée"


def minor(**more: Any) -> Minor:
    lille = Commune(code="59350", name="Lille", departement=Departement(code="59"))
    values = {
        "pk": 7,
        "given_names": WORD,
        "family_name": "Inventée",
        "birth_date": date(2011, 5, 20),
        "birth_precision": "day",
        "sex": "female",
        "commune": lille,
        "address": "3 rue Inventée",
        "name_keys": ["zoe"],
        "case_file_id": 12,
    }
    return Minor(**(values | more))


def test_a_minor_keeps_a_pseudonym_a_year_and_a_departement() -> None:
    kept = pseudonymise(minor(), KEY)
    assert kept["given_names"].startswith("P-")
    assert (kept["birth_date"], kept["sex"], kept["commune"]) == (2011, "female", "59")
    assert (kept["address"], kept["name_keys"]) == (None, None)
    assert kept["case_file"].startswith("P-")
    assert kept["case_file"] != kept["id"]


@given(name=st.text(min_size=1, max_size=40))
def test_a_pseudonym_is_stable_under_its_key_and_unlinked_under_another(name: str) -> None:
    assert pseudonym(name, KEY) == pseudonym(name, KEY)
    assert pseudonym(name, KEY) != pseudonym(name, OTHER)
    assert len(pseudonym(name, KEY)) == 26


def test_accents_and_case_make_no_other_child() -> None:
    assert pseudonym("  LÉA  Inventée", KEY) == pseudonym("léa inventee", KEY)
    with pytest.raises(KeyTooShort):
        pseudonym("Léa", b"short")


def filled(model: type[Any]) -> Any:
    """A row that holds the word wherever a text may stand, and something wherever else."""
    row = model()
    for field in stored_fields(model):
        kind = field.get_internal_type()
        if field.is_relation:
            continue
        value: Any = {
            "BooleanField": True,
            "DateField": date(2011, 5, 20),
            "DateTimeField": datetime(2026, 3, 9, 12, 34, 56, tzinfo=UTC),
            "UUIDField": uuid.UUID(int=2**100),
            "JSONField": {"name": WORD},
            "ArrayField": [WORD],
            "BinaryField": WORD.encode() if "pdf" in field.name else WORD,
            "FloatField": 1.5,
        }.get(kind, 3 if "Integer" in kind or "Auto" in kind else WORD)
        if field.choices:
            value = next(iter(field.choices))[0]
        row.__dict__[field.attname] = value
    return row


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_row_of_any_model_tells_a_text_a_day_or_a_reference(model: type[Any]) -> None:
    kept = repr(pseudonymise(filled(model), KEY))
    for told in (
        WORD,
        WORD.encode().hex(),
        "05-20",
        "34:56",
        str(uuid.UUID(int=2**100)),
    ):
        assert told not in kept
    for field in stored_fields(model):
        if tag_of(model, field.name) in (Tag.CONTACT, Tag.HEALTH, Tag.INFORMANT, Tag.NARRATIVE):
            assert pseudonymise(filled(model), KEY).get(field.name) is None


def test_each_class_has_its_fate() -> None:
    assert set(FATES) == set(Tag)
    assert fate_of(Informant, "name") is Fate.ERASED
    assert fate_of(Concern, "facts") is Fate.ERASED
    assert fate_of(Minor, "family_name") is Fate.PSEUDONYM
    assert fate_of(Concern, "status") is Fate.KEPT
