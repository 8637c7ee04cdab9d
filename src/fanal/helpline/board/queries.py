"""All that the coordinator looks at, put together from the rooms below. No number of anybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from fanal.engines.triage.queueing import Place
from fanal.ground.agents.models import Organisation
from fanal.helpline.board.calculations import Ahead, CannotSay, ahead, may_bring
from fanal.helpline.board.drawing import Drawing, drawn
from fanal.helpline.board.reckoning import (
    Expected,
    Stretch,
    expected,
    lasting,
    places,
    quarter_of,
)
from fanal.helpline.board.terms import (
    AT_ONCE,
    LASTS,
    NO_ROSTER,
    QUARTER,
    QUARTERS_AHEAD,
    SMOOTHED,
    TOO_LITTLE,
    WEEKS_BACK,
    Channel,
)
from fanal.helpline.calls import queries as calls
from fanal.helpline.calls.models import CallBack
from fanal.helpline.calls.queries import QueueState
from fanal.helpline.chats import hours
from fanal.helpline.chats import queries as chats
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import State
from fanal.helpline.letters import queries as letters
from fanal.helpline.letters.models import Letter
from fanal.helpline.letters.queries import Lateness
from fanal.helpline.shifts import queries as shifts
from fanal.helpline.shifts.models import Debrief, Shift
from fanal.helpline.shifts.queries import Standing
from fanal.helpline.shifts.terms import Post
from fanal.helpline.shifts.weeks import HERE

POSTS = {Channel.CHAT: Post.CHAT, Channel.CALL: Post.CALL}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at work, and what they hold now: a load, never a rank."""

    standing: Standing
    chats: int
    on_the_phone: bool
    line_open: bool


@dataclass(frozen=True, slots=True)
class Live:
    people: list[Person]
    absent: list[Shift]
    waiting: list[Place[Conversation]]
    hands: list[Conversation]
    led: int
    phone: QueueState
    letters: list[Letter]
    late: Lateness
    backs: list[CallBack]
    debriefs: list[Debrief]
    chat_hours: str
    on_call: list[Shift]


def live(helpline: Organisation, *, now: datetime) -> Live:
    talks = list(chats.open_conversations().filter(organisation=helpline))
    waiting = [one for one in talks if one.state == State.WAITING]
    held = Counter(one.listener_id for one in talks if one.state == State.ACTIVE)
    phone = calls.queue_state(helpline, now=now)
    there = shifts.who_is_there(helpline, now=now)
    speaking = {one.listener_id for one in phone.led}
    lines = {one.pk for one in phone.open_lines}
    present = {one.agent.pk for one in there}
    waiting_letters = list(letters.open_letters().filter(organisation=helpline))
    planned = shifts.shifts_at(helpline, now, now + timedelta(seconds=1))
    return Live(
        people=[
            Person(one, held[one.agent.pk], one.agent.pk in speaking, one.agent.pk in lines)
            for one in there
        ],
        absent=[one for one in planned if one.agent_id not in present and one.post != Post.ON_CALL],
        waiting=chats.in_their_order(waiting, now=now),
        hands=[one for one in talks if one.hand_raised_at],
        led=sum(held.values()),
        phone=phone,
        letters=waiting_letters,
        late=letters.lateness(waiting_letters, now=now),
        backs=list(calls.call_backs(helpline)),
        debriefs=list(shifts.debriefs_to_give(helpline)),
        chat_hours=hours.said(now),
        on_call=[one for one in planned if one.post == Post.ON_CALL],
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next hours of one channel; ``why_not`` when nothing honest can be said."""

    channel: Channel
    quarters: list[Ahead]
    drawing: Drawing | None
    says: str
    why_not: str = ""
    # Minutes of an answer: the line's own mean, or a proposal.
    lasts: int = 0
    measured: bool = False


@dataclass(frozen=True, slots=True)
class _Start:
    known: Expected | None
    places: tuple[int, ...]
    first: datetime
    lasts: float
    measured: bool
    waiting: int
    talking: int


def outlook(helpline: Organisation, channel: Channel, *, now: datetime) -> Outlook:
    start = _start(helpline, channel, now)
    if start.known is None:
        return Outlook(channel, [], None, "", TOO_LITTLE)
    if not any(start.places):
        return Outlook(channel, [], None, "", NO_ROSTER)
    try:
        found = ahead(
            channel,
            start.known,
            start.places,
            first=start.first,
            lasts=start.lasts,
            waiting=start.waiting,
            talking=start.talking,
        )
    except CannotSay as why:
        return Outlook(channel, [], None, "", str(why))
    return Outlook(
        channel,
        found,
        drawn(found),
        _says(found),
        lasts=round(start.lasts),
        measured=start.measured,
    )


@dataclass(frozen=True, slots=True)
class Budget:
    """
    How many more people could be brought to the chat until then; None: nobody knows, and nobody
    should be brought. ``why``: said as such.
    """

    people: int | None
    until: datetime
    why: str


def budget(*, now: datetime, helpline: Organisation | None = None) -> Budget:
    """
    What a campaign may ask before it brings people: so many, without one in ten who leaves
    unanswered. Whoever may not see the line is told that nobody knows.
    """
    first = quarter_of(now.astimezone(HERE))
    until = first + QUARTERS_AHEAD * QUARTER
    here = helpline or chats.helpline_here()
    if here is None:
        return Budget(None, until, TOO_LITTLE)
    start = _start(here, Channel.CHAT, now)
    if start.known is None:
        return Budget(None, until, TOO_LITTLE)
    if not any(start.places):
        return Budget(0, until, NO_ROSTER)
    try:
        people = may_bring(
            Channel.CHAT,
            start.known,
            start.places,
            lasts=start.lasts,
            waiting=start.waiting,
            talking=start.talking,
        )
    except CannotSay as why:
        return Budget(None, until, str(why))
    return Budget(people, until, "Au-delà, plus d’une personne sur dix partirait sans réponse.")


def _start(helpline: Organisation, channel: Channel, now: datetime) -> _Start:
    first = quarter_of(now.astimezone(HERE))
    last = first + QUARTERS_AHEAD * QUARTER
    turns = [
        (one.starts_at, one.ends_at)
        for one in shifts.shifts_at(helpline, first, last)
        if one.post == POSTS[channel]
    ]
    opened = shifts.chat_opened(first, last) if channel is Channel.CHAT else None
    waiting, talking = _there(helpline, channel, now)
    lasts, measured = lasting(_answers(helpline, channel, first), otherwise=LASTS[channel])
    return _Start(
        known=expected(_arrivals(helpline, channel, first), first=first),
        places=places(turns, first=first, at_once=AT_ONCE[channel], opened=opened),
        first=first,
        lasts=lasts,
        measured=measured,
        waiting=waiting,
        talking=talking,
    )


def _arrivals(helpline: Organisation, channel: Channel, first: datetime) -> list[datetime]:
    since = first - WEEKS_BACK * timedelta(days=7) - SMOOTHED
    if channel is Channel.CALL:
        return calls.arrivals(helpline, since, first)
    rows = Conversation.objects.filter(
        organisation=helpline, opened_at__gte=since, opened_at__lt=first
    )
    return list(rows.values_list("opened_at", flat=True))


def _answers(helpline: Organisation, channel: Channel, first: datetime) -> list[Stretch]:
    since = first - WEEKS_BACK * timedelta(days=7)
    if channel is Channel.CALL:
        return calls.answers(helpline, since, first)
    rows = Conversation.objects.filter(
        organisation=helpline, taken_at__gte=since, ended_at__lt=first, ended_at__gte=since
    )
    return [
        (begin, end) for begin, end in rows.values_list("taken_at", "ended_at") if begin and end
    ]


def _there(helpline: Organisation, channel: Channel, now: datetime) -> tuple[int, int]:
    if channel is Channel.CALL:
        state = calls.queue_state(helpline, now=now)
        return len(state.waiting), len(state.led)
    talks = chats.open_conversations().filter(organisation=helpline)
    waiting = talks.filter(state=State.WAITING).count()
    return waiting, talks.count() - waiting


def _says(found: list[Ahead]) -> str:
    """The first quarter that is open, then the worst of them."""
    open_ones = [one for one in found if one.places]
    soon = open_ones[0]
    worst = max(open_ones, key=lambda one: (one.high is None, one.high or 0.0))
    said = f"À {soon.at:%H:%M} : {_small(soon.said)}"
    if worst.said != soon.said:
        said += f" Au plus long, à {worst.at:%H:%M} : {_small(worst.said)}"
    return said


def _small(said: str) -> str:
    return said[:1].lower() + said[1:]
