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
from prevent.spaces.places import ServiceFactory
from prevent.spaces.records import DAYS, RECORDS, TEXT

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


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
    besides=st.dictionaries(TEXT.map("x{}".format), JSON, max_size=4),
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
