"""The week of who coordinates: a table of days and posts, what is wrong in it, what changes it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.words import count_fr
from fanal.helpline.shifts import queries, use_cases
from fanal.helpline.shifts.forms import ChangeForm, PutForm, as_it_is
from fanal.helpline.shifts.models import Shift
from fanal.helpline.shifts.rules import rules
from fanal.helpline.shifts.terms import WEEK, Post
from fanal.helpline.shifts.weeks import (
    HERE,
    day_said,
    days_of,
    monday_of,
    monday_written,
    written,
)

ASKED = "semaine"


@require_http_methods(["GET", "POST"])
@needs(Right.COORDINATE)
def week(request: DeskRequest) -> HttpResponse:
    monday = _monday(request)
    people = queries.listeners_of(queries.helpline_of(request.user))
    form = PutForm(request.POST or None, people=people, days=days_of(monday))
    if form.is_valid():
        try:
            use_cases.put_shifts(agent=request.user, turns=form.turns, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le planning est enregistré.")
            return _back(monday)
    return render(request, "helpline/shifts/week.html", _week(request, monday) | {"form": form})


@require_POST
@needs(Right.COORDINATE)
def copy(request: DeskRequest) -> HttpResponse:
    monday = _monday(request)
    try:
        put, left = use_cases.copy_week(agent=request.user, monday=monday, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _back(monday)
    rest = f" {count_fr(left, 'tour')} laissés : la place est prise." if left else ""
    messages.success(request, f"{count_fr(put, 'tour copié', 'tours copiés')}.{rest}")
    return _back(monday)


@require_POST
@needs(Right.COORDINATE)
def undo(request: DeskRequest) -> HttpResponse:
    try:
        use_cases.undo_last(agent=request.user, now=now())
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Le dernier changement est annulé.")
    return _back(_monday(request))


@require_http_methods(["GET", "POST"])
@needs(Right.COORDINATE)
def change(request: DeskRequest, ref: UUID) -> HttpResponse:
    shift = queries.read_shift(ref=ref)
    people = queries.listeners_of(shift.organisation)
    form = ChangeForm(request.POST or None, people=people, initial=as_it_is(shift))
    if form.is_valid():
        try:
            changed = use_cases.change_shift(agent=request.user, ref=ref, turn=form.turn, now=now())
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Le tour est changé.")
            return _back(monday_of(changed.starts_at))
    context = {"shift": shift, "form": form, "back": _address(monday_of(shift.starts_at))}
    return render(request, "helpline/shifts/change.html", context)


@require_POST
@needs(Right.COORDINATE)
def remove(request: DeskRequest, ref: UUID) -> HttpResponse:
    monday = monday_of(queries.read_shift(ref=ref).starts_at)
    use_cases.remove_shift(agent=request.user, ref=ref, now=now())
    messages.success(request, "Le tour est retiré.")
    return _back(monday)


def _monday(request: DeskRequest) -> date:
    asked = request.POST if request.method == "POST" else request.GET
    return monday_written(asked.get(ASKED, ""), now=now())


def _address(monday: date) -> str:
    return f"{reverse('shifts:week')}?{ASKED}={written(monday)}"


def _back(monday: date) -> HttpResponse:
    return redirect(_address(monday))


def _week(request: DeskRequest, monday: date) -> dict[str, Any]:
    helpline = queries.helpline_of(request.user)
    shifts = queries.week_of(helpline, monday)
    record_list(agent=request.user, deed="roster.week", rows=shifts)
    return {
        "week": written(monday),
        "said": f"du {day_said(monday)} au {day_said(days_of(monday)[-1])}",
        "before": _address(monday - WEEK),
        "after": _address(monday + WEEK),
        "posts": Post.choices,
        "rows": [(day, _cells(day, shifts, monday)) for day in days_of(monday)],
        "conflicts": queries.conflicts_of(helpline, monday),
        "change": queries.last_change(helpline, now=now()),
        "rules": rules(),
        "today": now().astimezone(HERE).date(),
    }


def _cells(day: date, shifts: list[Shift], monday: date) -> list[tuple[str, list[Shift]]]:
    """The turns of a day, post by post; one that began before the week stands on its first day."""
    return [
        (
            label,
            [
                one
                for one in shifts
                if one.post == post and max(one.starts_at.astimezone(HERE).date(), monday) == day
            ],
        )
        for post, label in Post.choices
    ]
