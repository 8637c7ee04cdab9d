"""The helpline at work: an invented roster around this hour, four weeks of calls, what weighs."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation
from fanal.helpline.calls import use_cases as calls
from fanal.helpline.calls.lines import NullLine
from fanal.helpline.calls.terms import BackReason
from fanal.helpline.calls.use_cases import hearing
from fanal.helpline.shifts import use_cases as shifts
from fanal.helpline.shifts.queries import helpline_of
from fanal.helpline.shifts.terms import Channel, Post
from fanal.helpline.shifts.weeks import HERE, days_of, from_to, monday_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEKS = 4
# On the same days of these weeks the whole of a shift is there, which a forecast starts from.
EVERY, A_SHIFT, IN_A_ROW = 35 * MINUTE, 16, 3
# Numbers that the regulator keeps for fiction (ARCEP, 2022): they ring nowhere.
NUMBERS = ("06 39 98 00 01", "06 39 98 00 02", "06 39 98 00 03")

ENDS = ("treated", "first", "late", "dissuaded", "treated", "soon")
GIVEN_UP = {"late": 40 * MINUTE / 60, "soon": 3 * MINUTE / 60}


def play_listening(cast: dict[str, Agent], *, now: datetime) -> None:
    _roster(cast, now)
    _calls(cast, now)
    maya, tom = cast["maya"], cast["tom"]
    with acting_as(maya):
        shifts.begin(agent=maya, now=now)
        shifts.note_hard(agent=maya, channel=Channel.CHAT, now=now - 30 * MINUTE)
        shifts.note_hard(agent=maya, channel=Channel.CHAT, now=now - 20 * MINUTE)
        shifts.ask_debrief(agent=maya, now=now - 10 * MINUTE)
    with acting_as(tom):
        _wish(tom, NUMBERS[0], BackReason.LATER, now, now + 40 * MINUTE)
        _wish(tom, NUMBERS[1], BackReason.FOLLOW, now + 3 * HOUR, now + 4 * HOUR)


def _roster(cast: dict[str, Agent], now: datetime) -> None:
    """Turns around this hour, so that the desk is alive whenever it is opened."""
    anouk = cast["anouk"]
    hour = now.astimezone(HERE).hour
    posts = (
        (cast["maya"], Post.CHAT, hour - 2, 5, ""),
        (cast["tom"], Post.CALL, hour - 1, 6, ""),
        (anouk, Post.FORM, hour - 2, 4, ""),
        (anouk, Post.ON_CALL, hour + 4, 10, "Ligne de l’astreinte, poste 12 (invention)"),
    )
    turns = []
    today = now.astimezone(HERE).date()
    for day in days_of(monday_of(now)):
        if (day - today).days in (3, -4):  # a day of rest
            continue
        for who, post, begins, hours, reach in posts:
            start, end = time(begins % 24), time((begins + hours) % 24)
            turns.append(shifts.Turn(who, post, *from_to(day, start, end), reach))
    with acting_as(anouk):
        shifts.put_shifts(agent=anouk, turns=turns, now=now - 3 * DAY)


def _calls(cast: dict[str, Agent], now: datetime) -> None:
    """Around this hour of each day, each way in which a call may end; and those of today."""
    tom = cast["tom"]
    with acting_as(tom):
        helpline = helpline_of(tom)
    ringing = NullLine(hearing)
    for day in range(7 * WEEKS, 0, -1):
        at = now - day * DAY - EVERY
        for number in range(3 + day % 3 if day % 7 else A_SHIFT):
            _call(ringing, helpline, tom, ENDS[(day + number) % len(ENDS)], at)
            if (number + 1) % IN_A_ROW == 0:
                _rest(tom, at + 20 * MINUTE, until=at + 2 * EVERY - MINUTE)
                at += EVERY
            at += EVERY
        with acting_as(tom):
            shifts.leave(agent=tom, now=at)
    for minutes, ends in ((70, "treated"), (40, "late"), (35, "first")):
        _call(ringing, helpline, tom, ends, now - minutes * MINUTE)
    led = ringing.ring(helpline, number=NUMBERS[2], now=now - 6 * MINUTE)
    with acting_as(tom):
        calls.open_line(agent=tom, now=now - 6 * MINUTE)
        calls.answer_call(agent=tom, ref=led, now=now - 5 * MINUTE)
    ringing.ring(helpline, now=now - MINUTE)


def _call(ringing: NullLine, helpline: Organisation, agent: Agent, ends: str, at: datetime) -> None:
    ref = ringing.ring(helpline, number=NUMBERS[at.day % 3], dissuaded=ends == "dissuaded", now=at)
    if ends in GIVEN_UP:
        ringing.give_up(ref, now=at + GIVEN_UP[ends])
    elif ends != "dissuaded":
        with acting_as(agent):
            calls.answer_call(agent=agent, ref=ref, now=at + MINUTE / 2)
            treated = ends == "treated"
            calls.end_call(agent=agent, ref=ref, treated=treated, now=at + 20 * MINUTE)


def _rest(agent: Agent, since: datetime, *, until: datetime) -> None:
    with acting_as(agent):
        shifts.pause(agent=agent, now=since)
        shifts.begin(agent=agent, now=until)


def _wish(agent: Agent, number: str, reason: BackReason, since: datetime, until: datetime) -> None:
    calls.plan_call_back(
        agent=agent,
        wish=calls.Wish(number, since, until, reason, "Demander si elle est seule. [invention]"),
        now=since - HOUR,
    )
