from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.ground.shell import words

# Noon in Paris, a Tuesday.
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))
TODAY = NOON.date()
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


def test_the_examples_of_the_documentation_hold():
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (-30, "dépassée depuis 30 jours"),
        (-2, "dépassée depuis 2 jours"),
        (-1, "dépassée depuis hier"),
        (0, "aujourd’hui"),
        (1, "demain, mercredi 25 novembre"),
        (2, "dans 2 jours, jeudi 26 novembre"),
        (7, "dans 7 jours, mardi 1er décembre"),
        (64, "dans 64 jours, mercredi 27 janvier 2027"),
        (120, "dans 120 jours, mercredi 24 mars 2027"),
        (121, "dans 4\u00a0mois, jeudi 25 mars 2027"),
        (365, "dans 12\u00a0mois, mercredi 24 novembre 2027"),
        (729, "dans 23\u00a0mois, mercredi 22 novembre 2028"),
        (1442, "dans 3\u00a0ans, mardi 5 novembre 2030"),
    ],
)
def test_a_deadline_is_said_with_what_is_left_and_the_day(left, said):
    assert words.deadline_words(TODAY + timedelta(days=left), now=NOON) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=40), "dans 40 minutes, aujourd’hui à 12:40"),
        (timedelta(hours=5), "dans 5 heures, aujourd’hui à 17:00"),
        (timedelta(hours=20), "dans 20 heures, demain à 08:00"),
        (timedelta(hours=-1), "dépassée depuis 1 heure, aujourd’hui à 11:00"),
        (timedelta(days=3), "dans 3 jours, vendredi 27 novembre"),
    ],
)
def test_a_moment_that_is_near_is_said_in_hours(left, said):
    assert words.deadline_words(NOON + left, now=NOON) == said


def test_a_day_of_deadline_runs_to_its_end():
    last_minute = NOON.replace(hour=23, minute=59)

    assert words.deadline(TODAY, now=last_minute).pace == "soon"
    assert words.deadline(TODAY, now=last_minute + timedelta(minutes=1)).pace == "overdue"


def test_a_moment_of_deadline_passes_at_once():
    assert words.deadline(NOON, now=NOON).pace == "overdue"
    assert words.deadline(NOON, now=NOON - timedelta(minutes=1)).pace == "soon"


def test_the_day_is_the_readers_and_not_the_servers():
    late_in_utc = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    assert words.local_day(late_in_utc) == date(2026, 11, 25)
    assert words.moment_in_words(late_in_utc) == "mercredi 25 novembre 2026 à 00:30"


def test_a_period_that_ends_at_midnight_is_said_by_the_day_that_it_closes():
    midnight = datetime(2026, 11, 27, tzinfo=NOON.tzinfo)
    clock = words.deadline(midnight, now=NOON)

    assert clock.words == "dans 2 jours, jeudi 26 novembre"
    assert clock.exact == "jeudi 26 novembre 2026"
    assert clock.machine == "2026-11-26"
    assert words.deadline(midnight, now=midnight).words == "dépassée depuis hier"


@given(day=days, today=days)
def test_the_midnight_that_ends_a_day_reads_as_the_day(day, today):
    now = datetime(today.year, today.month, today.day, 9, tzinfo=NOON.tzinfo)
    tomorrow = day + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=NOON.tzinfo)

    by_day, by_moment = words.deadline(day, now=now), words.deadline(midnight, now=now)

    assert by_day == by_moment


def test_a_moment_met_a_minute_late_is_late():
    clock = words.deadline(NOON, now=NOON, done=NOON + timedelta(minutes=1))

    assert clock.words == "fait le mardi 24 novembre, après l’échéance"


def test_a_clock_that_was_met_no_longer_runs():
    met = words.deadline(TODAY, now=NOON, done=TODAY - timedelta(days=1))
    late = words.deadline(TODAY - timedelta(days=3), now=NOON, done=TODAY - timedelta(days=1))

    assert (met.pace, met.words, met.share) == ("met", "fait le lundi 23 novembre", None)
    assert late.words == "fait le lundi 23 novembre, après l’échéance"


def test_half_way_the_bar_is_half_full():
    since, due = TODAY - timedelta(days=10), TODAY + timedelta(days=11)

    assert words.deadline(due, now=NOON, since=since).share == 50


@pytest.mark.parametrize(("left", "share"), [(30, 0), (-1, 100)])
def test_a_day_that_opens_no_period_shows_no_full_bar_before_it_comes(left, share):
    due = TODAY + timedelta(days=left)

    assert words.deadline(due, now=NOON, since=due).share == share


@given(due=days, since=days, today=days)
def test_a_bar_is_never_longer_than_its_track_and_none_counts_back(due, since, today):
    now = datetime(today.year, today.month, today.day, 9, tzinfo=NOON.tzinfo)
    clock = words.deadline(due, now=now, since=since)

    assert (clock.share is None) == (due < since)
    assert clock.share is None or 0 <= clock.share <= 100


@given(due=days, today=days)
def test_a_deadline_is_said_to_have_passed_exactly_when_it_has(due, today):
    now = datetime(today.year, today.month, today.day, 9, tzinfo=NOON.tzinfo)
    clock = words.deadline(due, now=now)

    assert (clock.pace == "overdue") == (due < today) == clock.words.startswith("dépassée")


@given(day=days, today=days)
def test_the_year_is_said_exactly_when_it_is_another_one(day, today):
    assert (str(day.year) in words.day_in_words(day, today=today)) == (day.year != today.year)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Inès Exemple", "I. E."),
        ("élodie du Modèle", "É. M."),
        ("Jean-Marie Exemple", "J. M. E."),
        ("La", "L."),
        ("", ""),
    ],
)
def test_initials(name, said):
    assert words.initials(name) == said


@given(st.text(max_size=60))
def test_initials_never_give_more_than_three_letters(name):
    assert len(words.initials(name).split()) <= 3


def test_counts_agree_with_their_noun():
    assert words.count_fr(0, "situation") == "0 situation"
    assert words.count_fr(2, "signal", "signaux") == "2 signaux"
    assert words.count_fr(12345, "dossier") == "12\u00a0345 dossiers"
