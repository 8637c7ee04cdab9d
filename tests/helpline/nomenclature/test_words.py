"""Two lists of words and the way between them: total both ways, and nothing lost there and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.helpline.nomenclature.queries import (
    export,
    read_export,
    to_chi,
    to_snated,
    words,
)
from fanal.helpline.nomenclature.reading import (
    CURRENT,
    CURRENT_PAIRS,
    DATA,
    read_pairs,
    read_words,
)
from fanal.helpline.nomenclature.terms import (
    BrokenWords,
    Carried,
    OtherRecord,
    Scheme,
    UnknownWord,
)

SNATED, CHI = (words(scheme).codes for scheme in (Scheme.SNATED, Scheme.CHI))
ALL = {Scheme.SNATED: SNATED, Scheme.CHI: CHI}


def noted(codes: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Any part of the list, in any order."""
    return st.lists(st.sampled_from(codes), unique=True)


@given(noted(SNATED))
def test_what_goes_out_comes_back_whole(codes: list[str]) -> None:
    assert {one.code for one in to_snated(to_chi(codes))} == set(codes)
    assert all(one.was == () for one in to_snated(to_chi(codes)))


@given(noted(CHI))
def test_the_other_way_too(codes: list[str]) -> None:
    assert {one.code for one in to_chi(to_snated(codes))} == set(codes)


@given(noted(SNATED), noted(CHI))
def test_a_record_of_both_hands_comes_back_whole(ours: list[str], theirs: list[str]) -> None:
    """Some words were noted here, others came from another line."""
    record = [*to_snated(theirs), *(Carried(code) for code in ours)]
    assert set(to_snated(to_chi(record))) == set(record)


@given(noted(SNATED))
def test_an_export_written_as_json_is_read_back_whole(codes: list[str]) -> None:
    document = json.loads(json.dumps(export(codes)))
    assert document["scheme"] == "chi"
    assert {one.code for one in read_export(document)} == set(codes)


@given(noted(SNATED))
def test_the_order_in_which_words_were_ticked_says_nothing(codes: list[str]) -> None:
    assert to_chi(codes) == to_chi(sorted(codes))


@pytest.mark.parametrize("scheme", Scheme)
def test_every_word_has_its_pair(scheme: Scheme) -> None:
    pairs = read_pairs(CURRENT_PAIRS).of[scheme]
    assert set(pairs) == set(ALL[scheme])
    assert set(pairs.values()) <= set(ALL[scheme.other])


def test_all_the_words_at_once_go_and_come_back() -> None:
    assert {one.code for one in to_snated(to_chi(SNATED))} == set(SNATED)
    assert {one.code for one in to_chi(to_snated(CHI))} == set(CHI)


@pytest.mark.parametrize("scheme", Scheme)
def test_each_word_has_a_french_label_and_no_two_of_a_family_have_the_same(scheme: Scheme) -> None:
    for family in words(scheme).families:
        labels = [word.label for word in family.words]
        assert all(label.strip() == label != "" for label in [family.label, *labels])
        assert len(set(labels)) == len(labels)
        assert family.group in words(scheme).groups


def test_the_seven_published_families_of_danger_stand_and_exploitation_is_counted() -> None:
    found = [family.code for family in words(Scheme.SNATED).of_group("danger")]
    assert found[:7] == [
        *("psychological", "neglect", "physical", "sexual", "couple", "upbringing"),
        "behaviour",
    ]
    assert "exploitation" in found


def test_the_words_of_the_funnel_stand() -> None:
    funnel = words(Scheme.SNATED).of_group("funnel")
    assert {word.code for family in funnel for word in family.words} >= {
        *("funnel.incoming", "funnel.pretreated", "funnel.abandoned-early", "funnel.abandoned"),
        *("funnel.dissuaded", "funnel.concern", "funnel.help"),
    }


def test_a_word_that_meets_others_says_which() -> None:
    assert to_chi(["author.mother", "author.father"]) == (
        Carried("origin.parent", ("author.mother", "author.father")),
    )
    assert to_snated(["origin.parent"]) == (Carried("author.parents", ("origin.parent",)),)


def test_a_label_is_found_by_its_code() -> None:
    assert words(Scheme.SNATED).label("behaviour.runaway") == "Fugue"
    with pytest.raises(UnknownWord):
        words(Scheme.SNATED).label("behaviour.autre")


@pytest.mark.parametrize("strange", ["", "danger", "violence.sexual", Carried("autre")])
def test_what_the_list_does_not_have_is_refused(strange: str | Carried) -> None:
    with pytest.raises(UnknownWord):
        to_chi([strange])


def test_nothing_is_slipped_into_what_is_carried() -> None:
    for was in (("physical.blows",), ("autre",), ("neglect.body", "physical.blows")):
        with pytest.raises(UnknownWord):
            to_snated([Carried("violence.neglect", was)])


def test_an_export_of_another_version_or_of_nobody_is_refused() -> None:
    document = export(["physical.blows"])
    changes: list[dict[str, Any]] = [
        {"version": "2025-1"},
        {"pairs": "2025-1"},
        {"scheme": "autre"},
        {"words": [{}]},
        {"words": 3},
        {"words": [{"code": "violence.physical", "was": None}]},
    ]
    for change in changes:
        with pytest.raises(OtherRecord):
            read_export(document | change)
    with pytest.raises(OtherRecord):
        read_export({})


def test_an_older_list_is_asked_by_its_version() -> None:
    assert words(Scheme.CHI, CURRENT[Scheme.CHI]) is words(Scheme.CHI)
    for version in ("1999-1", "../2026-1"):
        with pytest.raises(OtherRecord):
            words(Scheme.CHI, version)


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    for path in DATA.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name.startswith(name):
            assert old in text
            text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("mapping", '"physical.blows" = "violence.physical"\n', ""),
        ("mapping", '"physical.blows" = ', '"physical.autre" = '),
        ("mapping", '"physical.blows" = "violence.physical"', '"physical.blows" = "autre"'),
        ("mapping", 'version = "2026-1"', 'version = "2026-2"'),
        ("snated", 'group = "author"', 'group = "autre"'),
        ("snated", 'code = "neglect"', 'code = "physical"'),
        ("chi", 'scheme = "chi"', 'scheme = "snated"'),
    ],
)
def test_files_that_do_not_hold_together_are_refused(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    folder = changed(tmp_path, name, old, new)
    with pytest.raises(BrokenWords):
        read_pairs(CURRENT_PAIRS, folder)
    for scheme in Scheme:
        # The files of the house are as they were.
        assert read_words(scheme, CURRENT[scheme]).codes == ALL[scheme]
