"""No sentence of pydantic ever reaches a reader."""

from typing import get_args

import pytest
from pydantic_core import ErrorDetails, core_schema
from pydantic_core._pydantic_core import list_all_errors

from detect.concerns.schema.sample import concern, parse
from fanal.detect.concerns.schema import messages
from fanal.detect.concerns.schema.shape import ConcernInput

KNOWN = {error["type"]: error for error in list_all_errors()}


def error(kind: str) -> ErrorDetails:
    known = KNOWN[kind]
    return {
        "type": kind,
        "loc": ("minor", "sex"),
        "msg": known["example_message_python"],
        "input": None,
        "ctx": known.get("example_context") or {},
    }


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_error_of_pydantic_speaks_french(kind):
    told = messages.say(error(kind))

    assert told != KNOWN[kind]["example_message_python"]
    french = messages.SENTENCES.get(kind, messages.ANY_OTHER)
    assert told.startswith(french.partition("{")[0])
    assert "{" not in told


def kinds_in(schema: object) -> set[str]:
    """The kinds of value that a schema of pydantic can read."""
    found: set[str] = set()
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            found.add(schema["type"])
        for value in schema.values():
            found |= kinds_in(value)
    elif isinstance(schema, list | tuple):
        for value in schema:
            found |= kinds_in(value)
    return found


REFUSED_BY = {
    "str": {"string_type", "string_unicode", "string_too_short", "string_too_long",
            "string_pattern_mismatch"},
    "int": {"int_type", "greater_than_equal", "less_than_equal"},
    "bool": {"bool_type"},
    "literal": {"literal_error"},
    "list": {"list_type", "too_long"},
    "model": {"model_type"},
    "model-fields": {"model_type", "model_attributes_type", "missing", "extra_forbidden",
                     "invalid_key"},
    # The validators before them read the text: pydantic only sees a date or a moment.
    "date": set(),
    "datetime": set(),
}  # fmt: skip
WRAPPERS = {"no-info", "with-info", "function-before", "function-after", "default", "nullable",
            "definitions", "definition-ref", "model-field"}  # fmt: skip


def test_every_refusal_that_the_models_can_make_has_its_own_sentence():
    kinds = kinds_in(ConcernInput.__pydantic_core_schema__) - WRAPPERS

    assert kinds <= REFUSED_BY.keys()
    assert set().union(*(REFUSED_BY[kind] for kind in kinds)) <= messages.SENTENCES.keys()


def test_choices_are_listed_in_french():
    told = messages.say(
        {
            "type": "literal_error",
            "loc": ("minor", "sex"),
            "msg": "",
            "input": "",
            "ctx": {"expected": "'F', 'M' or 'X'"},
        }
    )

    assert told == "Valeur inconnue. Choisissez parmi : F, M ou X."


def test_every_field_is_described_for_the_message_that_asks_for_it():
    for name, field in ConcernInput.model_fields.items():
        if field.is_required():
            assert messages.describe((name,)), name
    assert messages.describe(("holders", 0, "name"))
    assert messages.describe(("nowhere", "at", "all")) == ""
    assert parse(concern())
