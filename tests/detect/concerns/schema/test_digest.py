"""Same content, same digest; another content, another digest."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.concerns.schema.sample import ABSENT, concern, parse
from fanal.detect.concerns.schema import content_digest


def digest(**changes: Any) -> str:
    return content_digest(parse(concern(**changes)))


def reordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in sorted(value, reverse=True)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_keys_and_the_spacing_do_not_matter():
    again = json.loads(json.dumps(reordered(concern()), indent=4))

    assert content_digest(parse(again)) == digest()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"minor__school": ABSENT}, {"minor__school": None}),
        ({"minor__school": ABSENT}, {"minor__school": " "}),
        ({"holders": ABSENT}, {"holders": None}),
        ({"holders": ABSENT}, {"holders": []}),
        ({"received_at": "2026-03-02T09:30:00+01:00"}, {"received_at": "2026-03-02T08:30:00Z"}),
        ({"indicators": ["RUN-1", "MAT-1"]}, {"indicators": ["MAT-1", "RUN-1", "RUN-1"]}),
        ({"facts": "e\u0301t\u0301 "}, {"facts": "ét\u0301"}),
        ({"facts": "a\r\nb"}, {"facts": "a\nb"}),
    ],
)
def test_the_same_content_written_otherwise_has_the_same_digest(one, other):
    assert digest(**one) == digest(**other)


CHANGES: dict[str, Any] = {
    "external_ref": "CLG-2026-0043",
    "received_at": "2026-03-02T09:30:01+01:00",
    "commune": "35047",
    "author__kind": "health",
    "author__name": "Camille Exemples",
    "author__function": "infirmière",
    "author__contact": "02 61 91 00 01",
    "minor__given_names": "alix",
    "minor__family_name": ABSENT,
    "minor__birth_date": "2011-04-24",
    "minor__age_estimate": 0,
    "minor__sex": "X",
    "minor__address": "12 rue imaginaire",
    "minor__school": ABSENT,
    "facts": "[personne inventée] Autre chose.",
    "immediate_danger": True,
    "missing_now": True,
    "child_informed": False,
    "parents_informed": {"value": "yes", "reason": "Parents injoignables depuis trois jours."},
    "parents_informed__reason": "Danger.",
    "exploitation": "confirmed",
    "other_minors": [],
    "other_minors__0__age_estimate": 10,
    "holders__0__tie": "père",
    "holders": [],
    "indicators": ["RUN-1"],
}


@pytest.mark.parametrize("path", CHANGES)
def test_any_other_difference_changes_the_digest(path):
    assert digest(**{path: CHANGES[path]}) != digest()


def test_all_those_differences_differ_from_each_other():
    assert len({digest(**{path: value}) for path, value in CHANGES.items()}) == len(CHANGES)


@settings(deadline=None)
@given(st.permutations(list(concern().items())))
def test_no_order_of_keys_matters(items):
    assert content_digest(parse(dict(items))) == digest()


def test_a_concern_read_again_from_its_own_content_keeps_its_digest():
    accepted = parse(concern())

    again = parse(json.loads(accepted.model_dump_json()))

    assert again == accepted
    assert content_digest(again) == content_digest(accepted)
