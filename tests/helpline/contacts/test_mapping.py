"""What the CRIP reads: one sibling group, the helpline as its author, and no word more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.contacts.definition import read_form
from fanal.helpline.contacts.mapping import NotReady, Ready, Signed, concern_of
from fanal.helpline.contacts.preview import parts_of
from helpline.contacts.writing import NOON, child, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(maya: Agent, helpline: Organisation) -> Signed:
    return Signed(maya, helpline)


def ready(signed: Signed, content: dict[str, Any], group: int = 1) -> Ready:
    return concern_of(
        content, form=read_form(), group=group, external_ref="x", signed=signed, now=NOON
    )


def missing(signed: Signed, content: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(NotReady) as refused:
        ready(signed, content)
    return refused.value.missing


def test_a_record_becomes_a_concern_of_the_helpline(signed: Signed) -> None:
    content = written(
        children=[child(), child("Tom", 9, tie="frère", situation="Ne dort plus.")],
        holders="Anne Inventée ; mère ; 06 00 00 00 01",
        address="1 rue inventée",
    )
    found = ready(signed, content)
    concern = found.content
    assert concern.author.kind == "helpline"
    assert concern.author.name == "Maya Inventée"
    assert concern.author.function == "fonction inventée (contact : la mère)"
    assert concern.author.contact == "Écoute (invention), 119"
    assert (concern.minor.given_names, concern.minor.age_estimate) == ("Lila", 16)
    assert [(one.given_names, one.tie) for one in concern.other_minors] == [("Tom", "frère")]
    assert concern.holders[0].tie == "mère"
    assert concern.exploitation == "suspected"
    assert "Tom Inventée : Ne dort plus." in concern.facts
    assert "Dangers évoqués : situation prostitutionnelle soupçonnée." in concern.facts
    assert concern.received_at == NOON
    assert found.commune.authority.code == "59"


def test_the_caller_is_named_when_they_agreed_and_only_then(signed: Signed) -> None:
    for answer in ("no", "", None):
        said = ready(signed, written(caller_named=answer)).content.model_dump_json()
        assert "Appelante" not in said
        assert "06 00 00 00 00" not in said
    contact = ready(signed, written(caller_named="yes")).content.author.contact
    assert contact.endswith("Personne qui a appelé : Anne Appelante, 06 00 00 00 00")


def test_each_group_goes_where_it_lives_and_alone(signed: Signed) -> None:
    content = written(
        children=[
            child("Lila"),
            child("Nour", 17, group=2, commune="13055", situation="Vit chez sa tante."),
        ]
    )
    first, second = ready(signed, content), ready(signed, content, 2)
    assert (first.commune.authority.code, second.commune.authority.code) == ("59", "13")
    assert "Nour" not in first.content.model_dump_json()
    assert "tante" not in first.content.model_dump_json()
    assert second.content.minor.given_names == "Nour"
    assert second.content.other_minors == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"immediate_danger": "yes"}, ("danger en ce moment",)),
        ({"missing_now": "yes"}, ("enfant introuvable",)),
        ({"children": [child(age=14)]}, ("moins de 15 ans",)),
        ({"children": [child(age=15)]}, ()),
        ({"children": [child(age=16), child("Tom", 14)]}, ()),
        ({"children": [child(age=14), child("Tom", 16)]}, ("moins de 15 ans",)),
        (
            {"children": [child(age=14)], "missing_now": "yes"},
            ("enfant introuvable", "moins de 15 ans"),
        ),
        ({}, ()),
    ],
)
def test_what_cannot_wait_says_why(
    signed: Signed, changes: dict[str, Any], why: tuple[str, ...]
) -> None:
    assert ready(signed, written(**changes)).urgent == why


def test_what_is_missing_is_said_in_french_and_where(signed: Signed) -> None:
    found = dict(missing(signed, {}))
    assert found["given_names"] == "Écrivez au moins un enfant : un prénom ou un nom, et un âge."
    assert found["immediate_danger"] == "Dites si l’enfant est en danger en ce moment."
    assert found["facts"] == "Écrivez ce qui a été dit ou vu."
    assert found["parents_informed"] == "Dites si les parents sont informés."
    assert "commune" in found
    known = {field.key for _, field in read_form().fields()}
    assert set(found) <= known
    assert dict(missing(signed, written(children=[child(age=None)]))) == {
        "age": "Écrivez l’âge de l’enfant, même estimé."
    }
    assert dict(missing(signed, written(parents_informed="no"))) == {
        "parents_reason": "Dites pourquoi ils ne le sont pas."
    }


def test_words_alone_are_no_facts(signed: Signed) -> None:
    assert "facts" in dict(missing(signed, written(facts=" ")))


def test_what_is_shown_is_all_that_leaves(signed: Signed) -> None:
    """Every word that leaves is on the page of whoever sends it."""
    content = written(children=[child(), child("Tom", 9, tie="frère")], school="Collège inventé")
    data = ready(signed, content).content.model_dump(mode="json", exclude_defaults=True)
    shown = " ".join(value for part in parts_of(data) for row in part.rows for value in row)
    for said in ("Lila", "Inventée", "16 ans", "Tom", "9 ans, fille, frère", "Collège inventé"):
        assert said in shown
    assert data["facts"] in shown
    assert data["author"]["contact"] in shown


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            key: st.text(max_size=30) | st.sampled_from(["yes", "no", "59350", "suspected"])
            for _, field in read_form().fields()
            for key in [field.key]
            if field.kind not in ("words", "group")
        },
    )
)
def test_whatever_is_written_is_ready_or_says_what_is_missing(
    signed: Signed, answers: dict[str, Any]
) -> None:
    try:
        ready(signed, answers | {"children": [answers]})
    except NotReady as refusal:
        said = refusal.missing
    else:
        said = [("", "ready")]
    assert said
    assert all(text for _, text in said)
