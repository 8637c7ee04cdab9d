"""The form is a file: each of its questions is one that the room and the schema understand."""

from __future__ import annotations

from typing import get_args

import pytest

from fanal.detect.concerns.schema import shape
from fanal.ground.people.terms import Sex
from fanal.helpline.contacts.content import TELLING
from fanal.helpline.contacts.definition import CURRENT, KINDS, UnknownForm, read_form
from fanal.helpline.contacts.forms import RecordForm
from fanal.helpline.contacts.terms import Kind
from fanal.helpline.contacts.words import FUNNEL, choices_of, in_chi, said, ticked
from helpline.contacts.writing import written

# What a version holds is promised to the records that were written with it.
VERSION_1 = (
    "caller_kind caller_minor caller_named caller_name caller_contact topic requests given_names"
    " family_name age sex group tie commune situation commune departement address school"
    " immediate_danger missing_now facts dangers exploitation origins consequences"
    " child_informed parents_informed parents_reason holders answer referred_to"
)


def choices(key: str) -> set[str]:
    field = next(field for _, field in read_form().fields() if field.key == key)
    return {value for value, _ in field.choices}


def test_a_version_keeps_its_questions() -> None:
    assert " ".join(field.key for _, field in read_form(1).fields()) == VERSION_1


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(UnknownForm):
        read_form(CURRENT + 1)


def test_each_question_is_of_a_known_nature_and_asked_once_in_its_section() -> None:
    for section in read_form().sections:
        keys = [field.key for field in section.fields]
        assert len(keys) == len(set(keys))
        assert {field.kind for field in section.fields} <= set(KINDS)
        assert section.repeated == (section.key == "children")


def test_a_childs_row_holds_what_makes_it_a_child() -> None:
    (section,) = [one for one in read_form().sections if one.repeated]
    assert set(TELLING) | {"group"} == {field.key for field in section.fields}


def test_choices_are_those_of_what_the_crip_receives() -> None:
    assert choices("sex") == set(Sex.values)
    assert choices("exploitation") == set(get_args(shape.Exploitation))


def test_every_word_of_the_funnel_is_in_the_nomenclature() -> None:
    assert set(FUNNEL) == set(Kind)
    assert all(said(code) != code for code in FUNNEL.values())


def test_every_group_of_words_has_words_and_each_goes_to_the_other_list() -> None:
    for _, field in read_form().fields():
        if field.kind == "words":
            codes = [code for _, words in choices_of(field.words) for code, _ in words]
            assert codes
            assert in_chi(codes)


def test_a_word_is_ticked_once_whatever_is_sent() -> None:
    content = {"dangers": ["behaviour.runaway", "behaviour.runaway", "no.word"]}
    assert ticked(content, read_form()) == ["behaviour.runaway"]


def test_what_is_kept_is_shown_again() -> None:
    """What was typed comes back as it was; what cannot be read is not lost."""
    form = RecordForm(read_form(), written())
    data: dict[str, object] = {"child_rows": str(form.child_rows)}
    for part in form.parts:
        for one in part.forms:
            for field in one:
                if (value := field.value()) not in (None, ""):
                    data[field.html_name] = value
    again = RecordForm(read_form(), {}, _Posted(data))
    for key, value in written().items():
        if key != "children":
            assert again.kept()[key] == value, key
    assert again.kept()["children"][0]["given_names"] == "Lila"
    data["child-1-age"] = "seize"
    wrong = RecordForm(read_form(), {}, _Posted(data))
    assert wrong.kept()["children"][0]["age"] == "seize"
    assert [label for label, _, _ in wrong.faults()] == ["Âge, en années"]


class _Posted(dict[str, object]):
    """As a form that was sent gives its values."""

    def getlist(self, name: str) -> list[object]:
        found = self.get(name, [])
        return found if isinstance(found, list) else [found]
