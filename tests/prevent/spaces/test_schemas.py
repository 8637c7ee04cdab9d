"""What leaves is valid for those who wrote the formats; what they write comes back whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_inclusion.schema import v1
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from fanal.prevent.spaces.formats import hsds, inclusion
from fanal.prevent.spaces.formats.files import records_of, written, written_whole
from fanal.prevent.spaces.formats.inclusion import FORMAT
from fanal.prevent.spaces.formats.record import Record, record_of
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.use_cases import import_records
from past import past
from prevent.spaces.places import NOON, ServiceFactory, starting_directory
from prevent.spaces.records import RECORDS
from prevent.spaces.whole_documents import SCHEMAS, TABLES, hsds_service, inclusion_pair
from rows import as_owner
from sizes import size

HSDS = Draft202012Validator(SCHEMAS, validate_formats=True)
SEEDS = st.integers(0, 2**40)
PAST = st.dates(date(2020, 1, 1), date(2026, 1, 1))


def faults(document: Any) -> list[str]:
    return [f"{one.instance_path}: {one.message}" for one in HSDS.iter_errors(document)]


def valid_for_data_inclusion(pair: inclusion.Pair) -> None:
    """Raises what the package of the format finds wrong."""
    v1.Service.model_validate(pair.service)
    v1.Structure.model_validate(pair.structure)


@pytest.mark.django_db
def test_the_whole_directory_is_valid_in_both_formats() -> None:
    starting_directory()
    documents = written("hsds", on=NOON.date())
    assert len(documents) > 350
    assert [fault for one in documents for fault in faults(one)] == []
    both = written("data-inclusion", on=NOON.date())
    for structure, service in zip(both["structures"], both["services"], strict=True):
        valid_for_data_inclusion(inclusion.Pair(structure, service))


@settings(max_examples=size(50, 150))
@given(record=RECORDS, day=PAST)
def test_whatever_the_directory_lets_in_leaves_valid(record: Record, day: date) -> None:
    assert faults(hsds.write(record)) == []
    valid_for_data_inclusion(inclusion.write(record, updated_on=day))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "12"),
        ("status", "open"),
        ("url", "lieu . fr"),
        ("minimum_age", "12"),
        ("phones", [{"number": "119"}]),
        ("organization", {"id": "12", "name": "Lieu", "description": "Lieu"}),
        ("service_at_locations", [{"id": "12", "location": {"location_type": "here"}}]),
    ],
)
def test_the_schemas_see_what_is_wrong(key: str, value: Any) -> None:
    assert faults(hsds_service(1)) == []
    assert faults(hsds_service(1) | {key: value}) != []


def test_a_drawn_document_has_every_field_of_its_schema() -> None:
    structure, service = inclusion_pair(1)
    assert set(structure) == set(v1.Structure.model_fields)
    assert set(service) == set(v1.Service.model_fields)
    assert set(hsds_service(1)) == set(TABLES["service"]["properties"])


@settings(max_examples=60)
@given(seed=SEEDS)
def test_a_whole_service_of_hsds_comes_back_as_it_came(seed: int) -> None:
    document = hsds_service(seed)
    assert hsds.write(hsds.read(document)) == document
    assert hsds.write(hsds.read(document, sure=False)) == document


@settings(max_examples=100)
@given(seed=SEEDS)
def test_a_whole_pair_of_data_inclusion_comes_back_as_it_came(seed: int) -> None:
    structure, service = inclusion_pair(seed)
    valid_for_data_inclusion(inclusion.Pair(structure, service))
    read = inclusion.read(service, structure)
    day = date.fromisoformat(service["date_maj"])
    assert inclusion.write(read, updated_on=day) == inclusion.Pair(structure, service)
    # A network that we know is ours too; nothing is for minors that does not say so.
    assert (read.kind == "cidff") == ("cidff" in structure["reseaux_porteurs"])
    said = {"jeunes", "tous-publics"} & set(service["publics"])
    assert ("minors" in read.audiences) == bool(said)


@pytest.mark.django_db
@settings(max_examples=12)
@given(seeds=st.lists(SEEDS, min_size=1, max_size=4, unique=True))
def test_nothing_is_lost_through_the_database(tmp_path_factory: Any, seeds: list[int]) -> None:
    """A file comes in, its rows are read again, and give the file back."""
    documents = [hsds_service(seed) for seed in seeds]
    pairs = [inclusion_pair(seed) for seed in seeds]
    file = tmp_path_factory.mktemp("lus") / "lieux.json"
    for said in (
        documents,
        {"structures": [one for one, _ in pairs], "services": [one for _, one in pairs]},
    ):
        file.write_text(json.dumps(said), encoding="utf-8")
        read = records_of(file)
        done = import_records([named(one) for one in read], now=NOON)
        assert done.refused == ()
    rows = {one.ref: one for one in past(Service).select_related("commune")}
    for document in documents:
        row = rows[hsds.read(document).ref]
        assert hsds.write(replace(record_of(row), name=document["name"], kept=row.kept)) == document
    for structure, service in pairs:
        row = rows[inclusion.read(service).ref]
        day = date.fromisoformat(service["date_maj"])
        again = inclusion.write(replace(record_of(row), kept=row.kept), updated_on=day)
        assert again == inclusion.Pair(structure, service)
    assert {one.verified_on for one in rows.values()} == {None}


@pytest.mark.django_db
@settings(max_examples=8)
@given(seed=SEEDS)
def test_the_whole_directory_leaves_as_it_came(tmp_path_factory: Any, seed: int) -> None:
    """Read from a file, kept, exported whole in the same format: not a word is lost."""
    structure, service = inclusion_pair(seed)
    both = {"structures": [structure], "services": [service]}
    for wanted, said in (("hsds", [hsds_service(seed) | {"name": "Lieu"}]), (FORMAT, both)):
        with transaction.atomic():
            file = tmp_path_factory.mktemp("lus") / "lieux.json"
            file.write_text(json.dumps(said), encoding="utf-8")
            assert import_records(records_of(file), now=NOON).added == 1
            assert written_whole(wanted, on=NOON.date()) == said
            # In the other format it is valid, and bears nothing of this one.
            other = written_whole("hsds" if wanted == FORMAT else FORMAT, on=NOON.date())
            if wanted == FORMAT:
                assert [fault for one in other for fault in faults(one)] == []
            else:
                pair = inclusion.Pair(other["structures"][0], other["services"][0])
                valid_for_data_inclusion(pair)
                assert "alternate_name" not in pair.service
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_others_say_of_a_place_outlives_what_a_person_confirms(tmp_path: Path) -> None:
    """Their attributes stay, and ours follow; a day that was theirs gives way to a later one."""
    document = hsds_service(1) | {"name": "Lieu"}
    theirs = {
        "id": "8d6fb7d1-2f0b-4d8c-9a0e-0a1f6d0c7e11",
        "link_id": document["id"],
        "link_entity": "service",
        "link_type": "autre:accueil",
        "value": "oui",
    }
    file = tmp_path / "lieux.json"
    file.write_text(json.dumps([document | {"attributes": [theirs]}]), encoding="utf-8")
    import_records(records_of(file), now=NOON)
    with as_owner():
        Service.objects.update(verified={"name": "2026-11-20"}, verified_on=date(2026, 11, 20))
    (said,) = written_whole("hsds", on=NOON.date())
    assert theirs in said["attributes"]
    assert "fanal:verified" in {one["link_type"] for one in said["attributes"]}
    assert said["assured_date"] == "2026-11-20"
    assert faults(said) == []


def named(record: Record) -> Record:
    """A name of one character is refused; that is shown elsewhere."""
    return record if len(record.name) > 2 else replace(record, name="Lieu")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Li\x00eu"),
        ("description", "\ud800"),
        ("latitude", float("nan")),
        ("kept", {"x": {"said": ["\x00"]}}),
        ("kept", {"x": {"said": float("inf")}}),
    ],
)
def test_what_the_database_cannot_keep_is_refused_with_its_field(field: str, value: Any) -> None:
    record = replace(record_of(ServiceFactory()), **{field: value})
    (refused,) = import_records([record], now=NOON).refused
    assert (refused.column, refused.message[:11]) == (field, "Un caractèr")


@pytest.mark.django_db
def test_ages_that_cross_are_refused() -> None:
    record = replace(record_of(ServiceFactory()), minimum_age=18, maximum_age=12)
    (refused,) = import_records([record], now=NOON).refused
    assert refused.column == "maximum_age"


def test_a_commune_is_written_by_its_name(tmp_path: Path) -> None:
    record = hsds.read(hsds_service(1))
    record = replace(record, commune="59350", city="Lille", address="1 rue", kept={})
    place = hsds.write(record)["service_at_locations"][0]["location"]
    assert place["external_identifier"] == "59350"
    assert place["addresses"][0]["city"] == "Lille"
