"""The tags and filters that every screen may load."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from fanal.ground.shell import words
from fanal.ground.shell.pieces import Happening, Month

register = template.Library()

TONE_ICONS = {
    "attention": "triangle-alert",
    "danger": "octagon-alert",
    "success": "circle-check",
}
MESSAGE_TONES = {
    "success": "success",
    "warning": "attention",
    "error": "danger",
}


@register.filter
def day_in_words(value: date | None) -> str:
    return words.day_in_words(value, today=timezone.localdate()) if value else ""


@register.filter
def moment_in_words(value: date | None) -> str:
    if not value:
        return ""
    return words.moment_in_words(value) if isinstance(value, datetime) else words.exact_day(value)


@register.filter
def machine_moment(value: date | None) -> str:
    return value.isoformat() if value else ""


@register.filter
def day_of_month(value: date) -> str:
    """``jeu. 26`` and, for a moment, its time."""
    day = words.local_day(value)
    short = f"{words.WEEKDAYS[day.weekday()][:3]}. {day.day}"
    return f"{short}, {words.clock_time(value)}" if isinstance(value, datetime) else short


@register.filter
def deadline_words(due: date | None) -> str:
    return words.deadline_words(due, now=timezone.now()) if due else ""


@register.filter
def initials(name: str | None) -> str:
    return words.initials(str(name)) if name else ""


@register.filter
def count_fr(number: int, noun: str) -> str:
    """``{{ 3|count_fr:"situation" }}``; an odd plural follows a comma: ``"signal,signaux"``."""
    one, _, many = noun.partition(",")
    return words.count_fr(number, one, many)


@register.filter
def by_month(entries: Iterable[Happening]) -> list[Month]:
    """Group the entries of a timeline, in the order in which they come."""

    def month(entry: Happening) -> tuple[int, int]:
        day = words.local_day(entry.at)
        return day.year, day.month

    return [
        Month(f"{words.MONTHS[number - 1]} {year}", list(group))
        for (year, number), group in groupby(entries, key=month)
    ]


@register.simple_tag(takes_context=True)
def deadline(context: template.Context) -> words.Deadline:
    """Read the clock piece's own parameters: ``due``, ``since``, ``done``."""
    since, done = context.get("since") or None, context.get("done") or None
    return words.deadline(context["due"], now=timezone.now(), since=since, done=done)


@register.simple_tag(takes_context=True)
def tone_icon(context: template.Context) -> str:
    return TONE_ICONS.get(str(context.get("tone")), "info")


@register.simple_tag
def message_tone(message: Message) -> str:
    return MESSAGE_TONES.get(message.level_tag, "info")


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_block_tag(takes_context=True)
def piece(context: template.Context, content: SafeString, which: str, **parameters: Any) -> str:
    """
    Draw a piece around what the block holds.

    ``{% piece "card" title="Personnes" %}…{% endpiece %}``
    """
    # Not read unless the piece writes it: reading it sets a cookie, and public pages set none.
    token = context.get("csrf_token", "")
    return render_to_string(
        f"pieces/{which}.html", {"csrf_token": token, **parameters, "content": content}
    )
