"""The published schema is made from the models and says the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detect.concerns.schema.sample import ABSENT, concern, errors_of
from fanal.detect.concerns.schema import json_schema
from fanal.detect.concerns.schema.published import EXAMPLE, written
from fanal.detect.screening.queries import load

# What pydantic writes when nobody named a model or a field.
ENGLISH = {
    *("Author", "Minor", "OtherMinor", "Holder", "ParentsInformed", "ConcernInput", "Kind", "Name"),
    *("Function", "Given Names", "Family Name", "Age Estimate", "Birth Date", "Sex", "School"),
    *("Address", "Tie", "Value", "Reason", "External Ref", "Received At", "Facts", "Holders"),
    *("Immediate Danger", "Missing Now", "Child Informed", "Parents Informed", "Other Minors"),
    *("Indicators",),
}
PUBLISHED = Path(__file__).parents[4] / "docs" / "schemas" / "concern-1.json"


def test_the_published_file_is_the_schema_of_the_models():
    assert PUBLISHED.read_text("utf-8") == written(), (
        "python -m fanal.detect.concerns.schema prints the new docs/schemas/concern-1.json"
    )


def test_the_module_prints_it():
    printed = subprocess.run(
        [sys.executable, "-m", "fanal.detect.concerns.schema"],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip

    assert json.loads(printed.stdout) == json_schema()


def test_its_example_is_accepted():
    assert json_schema()["examples"] == [EXAMPLE]
    assert errors_of(EXAMPLE) == {}


def test_every_field_and_object_has_a_french_title():
    schema = json_schema()
    for part in [schema, *schema["$defs"].values()]:
        assert part["title"] not in ENGLISH
        assert part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field["title"], name
            assert field["title"] not in ENGLISH, name


def test_it_lists_the_codes_of_the_grid():
    indicators = json_schema()["properties"]["indicators"]["anyOf"][0]

    assert indicators["items"]["enum"] == list(load().codes())


@pytest.mark.parametrize("name", json_schema()["properties"])
def test_what_it_says_is_optional_may_be_absent_or_null(name):
    optional = name not in json_schema()["required"]

    assert (errors_of(concern(**{name: ABSENT})) == {}) is optional
    assert (errors_of(concern(**{name: None})) == {}) is optional
