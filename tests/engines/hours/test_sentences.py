"""What a public page says of the hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from fanal.engines.hours.opening import day_of, status
from fanal.engines.hours.places import place_of
from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.sentences import openings_said, say

PARIS = place_of("75")


def said(text: str, moment: str, *, place: str = "75", reader: str = "") -> str:
    there = place_of(place)
    at = datetime.fromisoformat(moment).replace(tzinfo=there.zone)
    zone = ZoneInfo(reader) if reader else None
    found = status(read_hours(text), there, at)
    return say(found, place=there, at=at, reader=zone).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "moment", "sentence"),
    [
        ("Mo-Fr 15:00-21:00", "2026-11-24T18:00", "Ouvert, jusqu’à 21 h."),
        ("Mo-Fr 15:00-21:30", "2026-11-24T18:00", "Ouvert, jusqu’à 21 h 30."),
        ("Mo-Fr 15:00-19:00", "2026-11-24T12:00", "Fermé. Ouvre aujourd’hui à 15 h."),
        ("Mo-Fr 15:00-19:00", "2026-11-24T20:00", "Fermé. Ouvre demain à 15 h."),
        ("Mo-Fr 15:00-19:00", "2026-11-27T20:00", "Fermé. Ouvre lundi à 15 h."),
        ("Mo 15:00-19:00", "2026-11-24T12:00", "Fermé. Ouvre lundi à 15 h."),
        ("Mo 15:00-19:00", "2026-11-23T19:00", "Fermé. Ouvre lundi 30 novembre à 15 h."),
        ("Jan Mo[1] 9:00-10:00", "2026-11-24T12:00", "Fermé. Ouvre lundi 4 janvier 2027 à 9 h."),
        ("Dec 01 9:00-10:00", "2026-11-23T12:00", "Fermé. Ouvre mardi 1er décembre à 9 h."),
        ("Mo-Fr 15:00-24:00", "2026-11-24T18:00", "Ouvert, jusqu’à minuit."),
        ("22:00-02:00", "2026-11-24T23:00", "Ouvert, jusqu’à demain à 2 h."),
        ("22:00-02:00", "2026-11-25T01:00", "Ouvert, jusqu’à 2 h."),
        ("Mo-Fr 00:00-24:00", "2026-11-24T23:00", "Ouvert, jusqu’à vendredi à minuit."),
        ("Sa-Su 00:00-24:00", "2026-11-24T23:00", "Fermé. Ouvre samedi à 0 h."),
        ("24/7", "2026-11-24T23:00", "Ouvert, jour et nuit."),
        ("Mo-Fr 9:00-12:00; PH off", "2026-12-25T10:00", "Fermé (Noël). Ouvre lundi à 9 h."),
        (
            'Mo-Fr 9:00-12:00; 2026 Nov 24 off "formation"',
            "2026-11-24T10:00",
            "Fermé (formation). Ouvre demain à 9 h.",
        ),
        (
            'Tu 9:00-12:00 "sur rendez-vous"',
            "2026-11-24T10:00",
            "Ouvert (sur rendez-vous), jusqu’à 12 h.",
        ),
        ("off", "2026-11-24T10:00", "Fermé. Pas de réouverture connue dans l’année."),
    ],
)
def test_a_state_is_one_short_sentence(text: str, moment: str, sentence: str) -> None:
    assert said(text, moment) == sentence


def test_hours_that_nobody_published_are_said_so() -> None:
    sentence = said("SH Mo-Fr 10:00-17:00; PH off", "2026-11-24T11:00", place="974")

    assert sentence == (
        "Horaires non publiés aujourd’hui : ils dépendent des vacances scolaires, dont le "
        "calendrier n’est pas publié. Pas de réouverture connue dans l’année."
    )


def test_a_reader_elsewhere_is_told_by_their_own_clock_and_whose_it_is() -> None:
    text, moment = "Mo-Fr 15:00-19:00", "2026-11-24T12:00"

    assert said(text, moment, reader="Indian/Reunion") == (
        "Fermé. Ouvre aujourd’hui à 18 h, heure de La Réunion."
    )
    assert said(text, moment, reader="Europe/Madrid") == "Fermé. Ouvre aujourd’hui à 15 h."


def test_a_day_for_the_reader_elsewhere_is_their_day() -> None:
    assert said("Mo-Fr 23:00-24:00", "2026-11-24T12:00", reader="Indian/Reunion") == (
        "Fermé. Ouvre demain à 2 h, heure de La Réunion."
    )


@pytest.mark.parametrize(
    ("text", "day", "line"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30", date(2026, 11, 24), "9 h à 12 h, 14 h à 17 h 30"),
        ("Mo-Fr 22:00-02:00", date(2026, 11, 24), "22 h à 2 h"),
        ("Mo-Fr 18:00-24:00", date(2026, 11, 24), "18 h à minuit"),
        ("24/7", date(2026, 11, 24), "jour et nuit"),
        ("Mo 09:00-12:00", date(2026, 11, 24), "fermé"),
        ("Mo-Sa 09:00-12:00; PH off", date(2026, 12, 25), "fermé (Noël)"),
        ("SH off; Mo 09:00-12:00", date(2026, 10, 20), "fermé (vacances scolaires : Toussaint)"),
        ('Tu 09:00-12:00 "parents"', date(2026, 11, 24), "9 h à 12 h (parents)"),
    ],
)
def test_a_day_is_one_line(text: str, day: date, line: str) -> None:
    found = openings_said(day_of(read_hours(text), PARIS, day))

    assert found.replace("\u00a0", " ") == line


def test_an_opening_that_depends_on_a_calendar_says_so() -> None:
    reunion = place_of("974")
    day = day_of(read_hours("SH 10:00-17:00"), reunion, date(2026, 11, 24))

    assert openings_said(day).replace("\u00a0", " ") == (
        "10 h à 17 h (selon les vacances scolaires, non publiées)"
    )
