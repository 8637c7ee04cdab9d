from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from fanal.detect.concerns.models import Concern, Informant
from fanal.ground.people.models import Minor
from fanal.ground.privacy import registry
from fanal.ground.privacy.registry import (
    TaggedTwice,
    Untagged,
    faults,
    fields_tagged,
    tag_fields,
    tag_of,
)
from fanal.ground.privacy.terms import Tag


def test_every_field_of_every_model_is_tagged_once() -> None:
    assert not faults(), "\n".join(["", *faults()])


def test_a_field_without_a_tag_is_named_with_the_line_to_add(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tags = {**registry._tags["concerns.concern"]}
    del tags["facts"]
    tags["gone"] = Tag.PLAIN
    monkeypatch.setitem(registry._tags, "concerns.concern", tags)
    monkeypatch.delitem(registry.THIRD_PARTIES, "sessions")

    said = faults()

    assert len(said) == 3
    line = next(one for one in said if "concerns/field_tags.py" in one)
    assert 'tag_fields("concerns.Concern", plain="facts")' in line
    assert any("Concern.gone" in one for one in said)
    assert any('"sessions": Tag' in one for one in said)
    with pytest.raises(Untagged):
        tag_of(Concern, "facts")


def test_a_field_has_one_tag() -> None:
    with pytest.raises(TaggedTwice):
        tag_fields("people.Minor", secret="address")


def test_a_class_is_read_from_a_model_a_row_a_name_or_a_column() -> None:
    assert tag_of(Minor, "address") is Tag.LOCATION
    assert tag_of(Minor(), "commune_id") is Tag.LOCATION
    assert tag_of("people.Minor", "ref") is Tag.PLAIN
    assert tag_of(Session, "session_data") is Tag.SECRET
    assert tag_of(Informant, "name") is Tag.INFORMANT
    assert (Informant, "contact") in list(fields_tagged(Tag.INFORMANT))
