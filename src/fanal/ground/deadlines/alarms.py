"""When a clock's alarms sound. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_duration

from fanal.ground.deadlines.counting import Due
from fanal.ground.deadlines.terms import AlarmKind, Counting

# A reminder of a period in days reaches its reader in the morning, not at midnight.
MORNING = time(8)


class UnreadableAlarms(ValueError):
    """An alarm that is no ISO 8601 duration in days, hours and minutes."""


def parse_alarms(text: str) -> tuple[timedelta, ...]:
    """
    Read durations from the due instant, negative before it: « -P7D|P0D|P1D ».

    Raises:
        UnreadableAlarms: a part is no ISO 8601 duration.

    >>> parse_alarms("-PT6H|P1D")
    (datetime.timedelta(days=-1, seconds=64800), datetime.timedelta(days=1))
    """
    return tuple(_parse(part) for part in text.split("|")) if text else ()


def _parse(part: str) -> timedelta:
    # Without its P, Django reads a number as seconds.
    offset = parse_duration(part) if "P" in part else None
    if offset is None:
        raise UnreadableAlarms(part)
    return offset


def alarm_at(*, due: Due, counting: Counting, offset: timedelta, zone: ZoneInfo) -> datetime:
    """
    The instant of an alarm, in UTC, ``offset`` from the end of the period (negative: before).

    A period in days rings in the morning of a local day, one in hours at the exact instant.
    """
    if counting == Counting.INSTANT:
        return due.due_at + offset
    morning = datetime.combine(due.due_on, MORNING) + offset
    return morning.replace(tzinfo=zone).astimezone(UTC)


def plan_alarms(
    *,
    due: Due,
    counting: Counting,
    offsets: tuple[timedelta, ...],
    zone: ZoneInfo,
    now: datetime,
) -> list[tuple[datetime, AlarmKind]]:
    """
    The instants when a clock that starts ``now`` will sound, first one first.

    A file entered late has alarms behind it: the last of them alone is kept, so that what is
    late is told at once, and once.
    """
    planned = [
        (alarm_at(due=due, counting=counting, offset=offset, zone=zone), _kind(offset))
        for offset in sorted(set(offsets))
    ]
    passed = sum(at <= now for at, _ in planned)
    return planned[max(passed - 1, 0) :]


def _kind(offset: timedelta) -> AlarmKind:
    if offset < timedelta(0):
        return AlarmKind.BEFORE
    return AlarmKind.AFTER if offset else AlarmKind.DUE
