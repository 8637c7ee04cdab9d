"""Strings are read whole or refused in French, with the place and what to write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.hours.drawn import hours
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import Code, UnreadableHours
from fanal.engines.hours.rules import Hours
from sizes import size


@given(hours())
@settings(max_examples=size(150, 500), deadline=None)
def test_rules_written_and_read_again_are_the_same_rules(some: Hours) -> None:
    assert read_hours(str(some)) == some


@given(hours())
@settings(deadline=None)
def test_spaces_capitals_and_dashes_change_nothing(some: Hours) -> None:
    plain = str(some)
    if '"' in plain:
        return

    assert read_hours(f"  {plain.lower().replace('-', ' – ')} ; ".replace("[ – ", "[-")) == some


@given(st.text(alphabet='MoTuWeFrPHSH0123456789:-;,/[]"| offweek Dec2026', max_size=60))
@settings(max_examples=size(300, 1000), deadline=None)
def test_any_string_is_read_or_refused_with_its_place(text: str) -> None:
    found = read_or_refused(text)

    if isinstance(found, Hours):
        assert read_hours(str(found)) == found
    else:
        assert isinstance(found.code, Code)
        assert 0 <= found.at <= len(text)
        assert found.message.endswith(".")


@given(st.text(max_size=40))
@settings(max_examples=size(150, 500), deadline=None)
def test_no_string_at_all_breaks_the_reading(text: str) -> None:
    assert str(read_or_refused(text))


def read_or_refused(text: str) -> Hours | UnreadableHours:
    try:
        return read_hours(text)
    except UnreadableHours as refusal:
        return refusal


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("24/7", "24/7"),
        ("mo-fr 9:00-12:00;", "Mo-Fr 09:00-12:00"),
        ("Mo,Tu,We 10:00-12:00", "Mo-We 10:00-12:00"),
        ("Fr-Mo 10:00-12:00", "Mo,Fr-Su 10:00-12:00"),
        ("Sa", "Sa 00:00-24:00"),
        ("22:00-26:00", "22:00-02:00"),
        ("Mo-Fr 09:00-17:00; PH closed", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo 09:00-12:00, We 14:00-18:00", "Mo 09:00-12:00, We 14:00-18:00"),
        ("SH Mo-Fr 10:00-12:00", "SH Mo-Fr 10:00-12:00"),
        ("SH,PH Mo-Fr 10:00-12:00", "PH,SH Mo-Fr 10:00-12:00"),
        ("Mo-Fr,PH 10:00-12:00", "Mo-Fr,PH 10:00-12:00"),
        ("Mo[1-2] 14:00-17:00", "Mo[1,2] 14:00-17:00"),
        ("Jul-Aug off", "Jul-Aug off"),
        ("Dec 24,26 off", "Dec 24,Dec 26 off"),
        ("Dec 24-26 off", "Dec 24-Dec 26 off"),
        ("Dec 24-Jan 02 off", "Dec 24-Jan 02 off"),
        ("2026 Feb off", "2026 Feb 01-2026 Feb 28 off"),
        ("2026 Dec 24-Jan 02 off", "2026 Dec 24-2027 Jan 02 off"),
        ("2026-2027 Mo 10:00-12:00", "2026-2027 Mo 10:00-12:00"),
        ("week 1-53/2 We 10:00-12:00", "week 01-53/2 We 10:00-12:00"),
        ('Mo 10:00-12:00 "sur  rendez-vous"', 'Mo 10:00-12:00 "sur rendez-vous"'),
        ("Mo 10:00–12:00 “sur rendez-vous”", 'Mo 10:00-12:00 "sur rendez-vous"'),
        ("Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off", "Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off"),
    ],
)
def test_what_services_publish_is_read_and_written_in_one_way(text: str, same: str) -> None:
    assert str(read_hours(text)) == same


@pytest.mark.parametrize(
    ("text", "code", "at", "said"),
    [
        ("", Code.EMPTY, 0, "écrivez par exemple « Mo-Fr 09:00-17:00 »"),
        (
            "Mo-Fr 9h-17h",
            Code.BAD_TIME,
            6,
            "Caractère 7, « 9h » : écrivez l'heure avec deux-points",
        ),
        ("Mo-Fr 09.30-17:00", Code.BAD_TIME, 6, "09:30"),
        ("lundi 09:00-17:00", Code.UNKNOWN_WORD, 0, "« lundi » : écrivez Mo."),
        ("Mo-Ve 09:00-17:00", Code.UNKNOWN_WORD, 3, "écrivez Fr."),
        ("Mo-Fr 09:00-17:00; férié off", Code.UNKNOWN_WORD, 19, "écrivez PH."),
        ("Mo-Fr 09:00-17:00; vacances off", Code.UNKNOWN_WORD, 19, "écrivez SH."),
        ("Mo-Fr 09:00-17:00; PH fermé", Code.UNKNOWN_WORD, 22, "écrivez off."),
        ("Mo-Fr sur rendez-vous", Code.UNKNOWN_WORD, 6, "entre guillemets"),
        ("Mo-Fr 09:00", Code.BAD_SPAN, 11, "il manque l'heure de fin"),
        ("Mo-Fr 09:00-", Code.BAD_SPAN, 12, "17:00"),
        ("Mo-Fr 09:00-09:00", Code.BAD_SPAN, 12, "00:00-24:00"),
        ("Mo-Fr 09:00-25", Code.BAD_SPAN, 12, "deux-points"),
        ("Mo-Fr 09:75-10:00", Code.BAD_TIME, 6, "de 00:00 à 24:00"),
        ("Mo-Fr 24:00-25:00", Code.BAD_TIME, 6, "00:00 et 23:59"),
        ("Mo-Fr 10:00-40:00", Code.BAD_SPAN, 12, "moins de 24 heures"),
        ("Mo-Fr 09:00-17:00 PH off", Code.MISPLACED, 18, "Séparez deux règles par « ; »."),
        ("Mo-Fr 09-17", Code.BAD_TIME, 6, "deux-points"),
        ("Mo-Fr 09:00-12:00;; PH off", Code.MISPLACED, 18, "l'ordre est"),
        ("Feb 30 off", Code.BAD_DATE, 4, "n'existe pas en Feb"),
        ("2027 Feb 29 off", Code.BAD_DATE, 9, "n'existe pas en Feb"),
        ("Dec 26-24 off", Code.BAD_DATE, 7, "la dernière date suit la première"),
        ("2027 Jan 01-2026 Jan 01 off", Code.BAD_DATE, 0, "la dernière date suit la première"),
        ("Mo[6] 10:00-12:00", Code.BAD_DATE, 3, "Mo[1] à Mo[5]"),
        ("week 54 10:00-12:00", Code.BAD_WEEK, 5, "de 1 à 53"),
        ('"sur rendez-vous"', Code.MISPLACED, 0, "un commentaire suit des jours et des heures"),
        ('Mo 10:00-12:00 "x', Code.BAD_COMMENT, 15, "guillemet droit"),
        ("sunrise-sunset", Code.NOT_SUPPORTED, 0, "le soleil"),
        ("easter off", Code.NOT_SUPPORTED, 0, "Pâques"),
        ("PH -1 day off", Code.NOT_SUPPORTED, 6, "décalage"),
        ("Mo 10:00+", Code.BAD_SPAN, 8, "l'heure de fin"),
        ('Mo 10:00-12:00 || "appelez"', Code.NOT_SUPPORTED, 15, "« ; »"),
        ("Mo 10:00-12:00; " * 80, Code.TOO_LONG, 1000, "1000"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_write(
    text: str, code: Code, at: int, said: str
) -> None:
    with pytest.raises(UnreadableHours) as refused:
        read_hours(text)

    assert (refused.value.code, refused.value.at) == (code, at)
    assert said in refused.value.message
