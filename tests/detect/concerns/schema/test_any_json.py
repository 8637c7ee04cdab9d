"""Whatever is sent, the answer is a concern or French sentences."""

import json
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from detect.concerns.schema.sample import NOW, concern, find_commune
from fanal.detect.concerns.schema import (
    ConcernInput,
    InvalidConcern,
    content_digest,
    parse_concern,
)
from fanal.detect.concerns.schema.strings import strings_of

texts = st.text(alphabet=st.characters(exclude_categories=[]), max_size=40)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)

FIELDS = [
    "external_ref", "received_at", "commune", "author", "author__kind", "author__name",
    "author__function", "author__contact", "minor", "minor__given_names", "minor__family_name",
    "minor__birth_date", "minor__age_estimate", "minor__sex", "minor__address", "facts",
    "immediate_danger", "parents_informed", "parents_informed__value", "parents_informed__reason",
    "other_minors", "other_minors__0", "other_minors__0__tie", "holders", "holders__0__name",
    "indicators", "unknown", "minor__unknown",
]  # fmt: skip
TEXT_FIELDS = ["external_ref", "author__name", "minor__given_names", "minor__address", "facts",
               "parents_informed__reason", "holders__0__name", "other_minors__0__tie"]  # fmt: skip


def read(data: object) -> ConcernInput | InvalidConcern:
    try:
        return parse_concern(data, now=NOW, find_commune=find_commune)
    except InvalidConcern as refusal:
        return refusal


def check(answer: ConcernInput | InvalidConcern) -> None:
    if isinstance(answer, InvalidConcern):
        assert answer.errors
        json.dumps([answer.errors, answer.external_ref], ensure_ascii=False).encode()
        assert all(messages for messages in answer.errors.values())
        return
    for _, text in strings_of(answer.model_dump(mode="json")):
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
        assert unicodedata.is_normalized("NFC", text)
    again = read(json.loads(answer.model_dump_json()))
    assert again == answer
    assert isinstance(again, ConcernInput)
    assert content_digest(again) == content_digest(answer)


objects_with_known_names = st.dictionaries(
    st.sampled_from(list(concern())), json_values, max_size=14
)


@settings(max_examples=200, deadline=None)
@given(json_values | objects_with_known_names)
def test_any_json_value_gets_an_answer(data):
    check(read(data))


@settings(deadline=None)
@given(st.sampled_from(FIELDS), json_values)
def test_any_value_in_any_field_gets_an_answer(field, value):
    check(read(concern(**{field: value})))


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(TEXT_FIELDS, texts)))
def test_what_is_accepted_holds_no_control_character_and_is_read_again_the_same(
    changes: dict[str, Any],
):
    check(read(concern(**changes)))
