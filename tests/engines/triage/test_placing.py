"""A class and its reasons: the same words always give the same answer."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.engines.triage.placing import Asked, Placed, Reason, moved, place
from fanal.engines.triage.rules import Level, read_rules

RULES = read_rules()
TOPICS = sorted({topic for rule in RULES.rules for topic in rule.topics} | {"school", "other"})
WORDS = [word.removesuffix("*") for rule in RULES.rules for word in rule.words]
texts = st.lists(st.sampled_from([*WORDS, "bonjour", "le", "chat", "dort"]), max_size=8).map(
    " ".join
)
asked = st.builds(
    Asked,
    topics=st.frozensets(st.sampled_from(TOPICS), max_size=4),
    text=texts | st.text(max_size=200),
    minor=st.sampled_from((True, False, None)),
)


@pytest.mark.parametrize(
    ("text", "level", "rule"),
    [
        ("Bonjour, je voudrais parler", Level.USUAL, None),
        ("il m'a FRAPPÉE hier", Level.URGENT, "violence"),
        ("je suis enfermée dans l'appartement", Level.DANGER, "held"),
        ("J’ai envie de mourir", Level.DANGER, "life"),
        ("Au secours, il est dans la maison", Level.DANGER, "harm_now"),
        ("jpeux pas sortir ils me laissent pas partir", Level.DANGER, "held"),
        ("Il m’a retrouvée.", Level.DANGER, "held"),
        ("ils sont derrière la porte", Level.DANGER, "held"),
        ("au secours", Level.DANGER, "harm_now"),
        ("Il a dit qu’il va me tuer", Level.DANGER, "harm_now"),
        ("il m'étrangle", Level.DANGER, "harm_now"),
        ("je veux plus vivre", Level.DANGER, "life"),
        ("mettre fin à mes jours", Level.DANGER, "life"),
        # What is near, and is no call.
        ("je relève de l’aide sociale, j’ai le droit à l’aide ?", Level.USUAL, None),
        ("comment partir en vacances", Level.USUAL, None),
        ("je ne veux pas sortir ce soir", Level.USUAL, None),
        ("je sais pas où dormir ce soir", Level.URGENT, "outside_tonight"),
        ("j'ai peur", Level.SOON, "afraid"),
        ("je suis enceinte je crois", Level.SOON, "care"),
        ("la chaleureuse équipe", Level.USUAL, None),
        ("peureux", Level.USUAL, None),
        # What the page says that they do not know.
        ("je ne suis pas en danger", Level.USUAL, None),
        ("il ne me menace plus", Level.URGENT, "violence"),
    ],
)
def test_words_call_for_a_class_and_say_why(text: str, level: Level, rule: str | None) -> None:
    found = place(Asked(text=text), RULES)

    assert found.level is level
    assert (found.reasons[0].rule if found.reasons else None) == rule


def test_saying_danger_now_is_enough() -> None:
    found = place(Asked(topics=frozenset({"danger_now"})), RULES)

    assert (found.level, found.said) == (
        Level.DANGER,
        "en danger maintenant : dit être en danger maintenant",
    )


def test_every_rule_that_holds_is_told_the_highest_first() -> None:
    found = place(Asked(text="enfermée, frappée, j'ai peur", minor=True), RULES)

    assert [reason.rule for reason in found.reasons] == ["held", "violence", "afraid", "minor"]


def test_who_does_not_say_their_age_is_taken_for_a_minor() -> None:
    assert [place(Asked(minor=said), RULES).minor for said in (True, None, False)] == [
        True,
        True,
        False,
    ]


@given(asked)
def test_the_same_words_give_the_same_answer_with_its_version(one: Asked) -> None:
    found = place(one, RULES)

    assert found == place(one, RULES)
    assert found.version == RULES.version
    assert (found.level is Level.USUAL) == (not {r.rule for r in found.reasons} - {"minor"})


@given(one=asked, more=texts, topics=st.frozensets(st.sampled_from(TOPICS)))
def test_saying_more_never_puts_anybody_lower(
    one: Asked, more: str, topics: frozenset[str]
) -> None:
    before = place(Asked(one.topics, one.text[:500], one.minor), RULES)
    after = place(Asked(one.topics | topics, f"{one.text[:500]} . {more}", one.minor), RULES)

    assert after.level <= before.level


@given(asked)
def test_nothing_of_what_was_said_and_no_number_is_in_the_answer(one: Asked) -> None:
    found = place(one, RULES)
    known = {rule.reason for rule in RULES.rules} | {"mineur"}

    assert {reason.said for reason in found.reasons} <= known
    assert {field.name for field in fields(Placed)} == {"level", "reasons", "minor", "version"}


def test_a_listener_decides_otherwise_and_says_why() -> None:
    found = moved(place(Asked(text="j'ai peur"), RULES), Level.URGENT, why="voix au téléphone")

    assert found.level is Level.URGENT
    assert found.reasons[0] == Reason("moved", "déplacé : voix au téléphone")
    assert found.reasons[1].rule == "afraid"
