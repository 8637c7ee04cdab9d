"""Written and read again, no field is lost; nor what the other format said besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.prevent.spaces.formats import hsds, inclusion
from fanal.prevent.spaces.formats.record import Record, Unreadable, record_of
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import CONFIRMABLE, Audience, Kind, Status
from prevent.spaces.places import ServiceFactory

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
MAYBE = st.none() | st.booleans()
AGE = st.none() | st.integers(0, 99)
HERE = st.none() | st.floats(-60, 60)
RECORDS = st.builds(
    Record,
    ref=st.uuids(),
    name=TEXT.filter(bool),
    kind=st.sampled_from([str(one) for one in Kind]),
    status=st.sampled_from([str(one) for one in Status]),
    audiences=st.lists(
        st.sampled_from([str(one) for one in Audience]), min_size=1, unique=True
    ).map(tuple),
    commune=st.sampled_from(["", "59350", "2A004"]),
    departement=st.sampled_from(["", "59", "2A", "974"]),
    postcode=st.sampled_from(["", "59000"]),
    address=TEXT,
    latitude=HERE,
    longitude=HERE,
    description=TEXT,
    minimum_age=AGE,
    maximum_age=AGE,
    hours=TEXT,
    phone=TEXT,
    website=TEXT,
    languages=st.lists(st.sampled_from(["fr", "en", "ar", "ro"]), unique=True).map(tuple),
    sign_language=MAYBE,
    accessible=MAYBE,
    free=MAYBE,
    anonymous=MAYBE,
    source_url=TEXT,
    source_date=TEXT,
    verified=st.dictionaries(st.sampled_from(CONFIRMABLE), DAYS.map(str), max_size=4),
    verified_on=st.none() | DAYS,
    kept=st.just({}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
# Properties of a service in HSDS 3 that we write, and their types.
HSDS_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str, "name": str, "status": str, "description": str, "url": str,
    "minimum_age": (int, float), "maximum_age": (int, float), "assured_date": str,
    "phones": list, "schedules": list, "languages": list, "service_at_locations": list,
    "attributes": list,
}  # fmt: skip
# What each nested object must have there.
REQUIRED = {
    "phones": {"id", "number"},
    "schedules": {"id"},
    "languages": {"id"},
    "service_at_locations": {"id"},
    "attributes": {"id"},
}
IN_ADDRESS = {
    *("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
}


@settings(max_examples=200, deadline=None)
@given(record=RECORDS)
def test_no_field_is_lost_through_hsds(record: Record) -> None:
    assert hsds.read(hsds.write(record)) == record


@settings(max_examples=200, deadline=None)
@given(record=RECORDS, day=DAYS)
def test_no_field_is_lost_through_data_inclusion(record: Record, day: date) -> None:
    assert inclusion.read(inclusion.write(record, updated_on=day).service) == record


@settings(max_examples=150, deadline=None)
@given(
    record=RECORDS,
    besides=st.dictionaries(TEXT.filter(lambda key: key not in HSDS_TYPES), JSON, max_size=4),
    phones=st.lists(st.fixed_dictionaries({"id": st.uuids().map(str), "number": TEXT}), max_size=3),
)
def test_what_hsds_said_besides_is_given_back(
    record: Record, besides: dict[str, Any], phones: list[dict[str, str]]
) -> None:
    document = hsds.write(record) | besides | {"phones": phones}
    document.pop("attributes")
    assert hsds.write(hsds.read(document)) == document


@settings(max_examples=100, deadline=None)
@given(record=RECORDS, besides=st.dictionaries(TEXT.map("x{}".format), JSON, max_size=4), day=DAYS)
def test_what_data_inclusion_said_besides_is_given_back(
    record: Record, besides: dict[str, Any], day: date
) -> None:
    document = inclusion.write(record, updated_on=day).service | besides
    assert inclusion.write(inclusion.read(document), updated_on=day).service == document


def test_what_was_kept_does_not_outlive_what_it_stood_for() -> None:
    """A phone that was corrected since is not given back as it was."""
    document = {
        "id": str(uuid4()),
        "name": "Lieu inventé",
        "status": "active",
        "phones": [{"id": str(uuid4()), "number": "03 20 00 00 00", "extension": 4}],
    }
    corrected = replace(hsds.read(document), phone="03 20 11 11 11")
    assert "03 20 00 00 00" not in str(hsds.write(corrected))


@settings(max_examples=150, deadline=None)
@given(record=RECORDS)
def test_what_is_written_has_the_shape_of_hsds(record: Record) -> None:
    document = hsds.write(record)
    for key, value in document.items():
        assert isinstance(value, HSDS_TYPES[key]), key
    for key, required in REQUIRED.items():
        for row in document.get(key, []):
            assert required <= set(row)
    for place in document.get("service_at_locations", []):
        location = place["location"]
        assert {"id", "location_type"} <= set(location)
        assert all(set(row) >= IN_ADDRESS for row in location.get("addresses", []))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"id": "x", "name": "Lieu", "status": "active"},
        {"id": "0" * 32, "name": 4, "status": "active"},
        {"id": "0" * 32, "name": "Lieu", "status": "open"},
        {"id": "0" * 32, "name": "Lieu", "status": "active", "phones": {"number": "17"}},
        {"id": "0" * 32, "name": "Lieu", "status": "active", "attributes": [3]},
    ],
)
def test_what_is_no_service_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        hsds.read(document)
    with pytest.raises(Unreadable):
        inclusion.read(document)


@pytest.mark.django_db
def test_a_public_record_writes_what_is_public() -> None:
    ServiceFactory(phone="03 20 00 00 00", address="9 rue Cachée", kept={"x": 1})
    written = str(hsds.write(record_of(public_services().get())))
    assert "03 20" not in written
    assert "Cachée" not in written
