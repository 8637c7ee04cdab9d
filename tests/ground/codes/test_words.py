"""The list, and codes read as they are typed."""

from __future__ import annotations

import secrets
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.codes.words import (
    UnreadableCode,
    draw,
    draw_other,
    fold,
    listed,
    one_apart,
    read_code,
)

codes = st.integers(0, 2**32).map(lambda seed: draw(Random(seed).choice))  # noqa: S311
separators = st.text(alphabet=" -,.;/_'’\n\t·", min_size=1, max_size=3)
# Of the subject, or of slang for it.
UNWANTED = {
    *("client", "trottoir", "fugue", "foyer", "silence", "mineur", "police", "argent", "hotel"),
    *("reseau", "secret", "passe", "tarif", "famille", "maison", "chambre", "amour", "honte"),
    *("danger", "menace", "victime", "grue", "hareng", "maquereau", "poule"),
}


def test_there_are_2048_words_of_four_to_eight_letters_typed_without_accents() -> None:
    folded = [fold(word) for word in listed()]

    assert len(set(folded)) == 2048
    assert all(4 <= len(word) <= 8 and word.isascii() and word.isalpha() for word in folded)
    assert not UNWANTED & set(folded)


def test_no_two_words_are_one_letter_apart() -> None:
    folded = [fold(word) for word in listed()]
    # A letter left out, or in doubt: two words one apart share one of these.
    seen: dict[str, str] = {word: word for word in folded}
    for word in folded:
        for place in range(len(word)):
            for trace in (f"{word[:place]}?{word[place + 1 :]}", word[:place] + word[place + 1 :]):
                if "?" in trace:
                    assert seen.setdefault(trace, word) == word
                else:
                    assert trace not in folded


@given(st.sampled_from([fold(word) for word in listed()]), st.data())
def test_one_apart_knows_a_letter_more_less_or_other(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    other = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz").filter(word[place].__ne__))

    assert one_apart(word, word[:place] + other + word[place + 1 :])
    assert one_apart(word, word[:place] + word[place + 1 :])
    assert one_apart(word[:place] + other + word[place:], word)
    assert not one_apart(word, word)
    assert not one_apart(word, word + "zz")


@given(words=codes, data=st.data())
def test_a_code_is_read_whatever_the_capitals_accents_and_signs(
    words: tuple[str, ...], data: st.DataObject
) -> None:
    typed = data.draw(separators)
    for word in words:
        written = data.draw(st.sampled_from((word, fold(word), word.upper(), word.capitalize())))
        typed += written + data.draw(separators)

    assert read_code(typed) == tuple(fold(word) for word in words)


@given(words=codes, data=st.data())
def test_words_run_together_or_cut_are_told_apart_in_one_way_or_not_at_all(
    words: tuple[str, ...], data: st.DataObject
) -> None:
    letters = "".join(map(fold, words))
    place = data.draw(st.integers(0, len(letters)))
    typed = f"{letters[:place]} {letters[place:]}"
    try:
        read = read_code(typed)
    except UnreadableCode:
        assert len(told_apart(letters)) > 1
    else:
        assert read == tuple(map(fold, words))


def told_apart(letters: str, number: int = 5) -> list[tuple[str, ...]]:
    """Slowly: each cut of four to eight letters, kept when the list has it."""
    known = {fold(word) for word in listed()}
    if number == 0:
        return [] if letters else [()]
    cuts = [letters[:end] for end in range(4, 9) if letters[:end] in known]
    return [
        (cut, *rest)
        for cut in dict.fromkeys(cuts)
        for rest in told_apart(letters[len(cut) :], number - 1)
    ]


def test_signs_that_nobody_sees_cut_no_word() -> None:
    assert read_code("abe\u00adille pa\u200dte farine zebre \ufeffzenith")[0] == "abeille"


@given(words=codes, place=st.integers(0, 4), wrong=st.text("bcdfghjkz", min_size=4, max_size=8))
def test_a_word_of_no_code_is_told_with_its_place(
    words: tuple[str, ...], place: int, wrong: str
) -> None:
    typed = [*words[:place], wrong, *words[place + 1 :]]

    with pytest.raises(UnreadableCode) as refused:
        read_code(" ".join(typed))

    assert f"Le mot {place + 1}, « {wrong} »" in refused.value.message


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Il faut les cinq mots du code."),
        ("abeille", "Il faut les cinq mots du code ; il y en a un seul."),
        ("abeille pomme", "Il faut cinq mots, et non deux."),
        ("abeille " * 6, "Il faut cinq mots, et non 6."),
        ("abeile citron farine zèbre zénith", "Peut-être « abeille » ?"),
        ("abeille citron farine zèbre qwxz", "Le mot 5, « qwxz », n’est d’aucun code."),
        ("🐝 " * 300, "Il faut les cinq mots du code."),
    ],
)
def test_what_cannot_be_a_code_is_told_in_french(typed: str, said: str) -> None:
    with pytest.raises(UnreadableCode) as refused:
        read_code(typed)

    assert said in refused.value.message


@given(st.text(max_size=300))
def test_no_typing_breaks_the_reading(typed: str) -> None:
    try:
        words = read_code(typed)
    except UnreadableCode as refusal:
        words = (refusal.message,)
    assert words


@given(words=codes, seed=st.integers(0, 2**32))
def test_the_code_for_when_forced_differs_by_its_last_word_alone(
    words: tuple[str, ...], seed: int
) -> None:
    other = draw_other(words, Random(seed).choice)  # noqa: S311

    assert other[:4] == words[:4]
    assert other[4] not in words
    assert len(set(words)) == 5


def test_words_are_drawn_evenly() -> None:
    seen = [word for _ in range(4000) for word in draw(secrets.choice)]
    counts = {word: seen.count(word) for word in set(seen)}

    # 20,000 draws of 2,048: about 9.8 each; some may be missing, none comes 40 times.
    assert len(counts) > 2020
    assert max(counts.values()) < 40
