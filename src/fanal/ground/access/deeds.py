"""One form, one use case: done and on, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fanal.ground.access.guards import DeskRequest
from fanal.ground.errors import NotVisible, Refusal

# Where one goes once it is done; some places are known by what the use case returned.
Place = str | Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a screen that asks before an act says. ``button`` is the deed itself."""

    title: str
    button: str
    done: str
    consequence: str = ""
    lead: str = ""


def do_or_say_why_not(
    request: DeskRequest,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
    after: Place,
) -> HttpResponse | None:
    """
    The way onwards once the act is done; None when the form is to be shown, with what it refused.

    Raises:
        NotVisible: the answer is that of a thing that does not exist.
    """
    if not form.is_valid():
        return None
    try:
        result = act(form.cleaned_data)
    except NotVisible:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, done)
    return redirect(after(result) if callable(after) else after)


def perform(
    request: DeskRequest,
    *,
    template: str,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    after: Place = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """``back`` is where one comes from; ``after`` is where one goes, when that is elsewhere."""
    onwards = do_or_say_why_not(request, form=form, act=act, done=deed.done, after=after or back)
    drawn = {"deed": deed, "form": form, "back": back, **(context or {})}
    return onwards or render(request, template, drawn)
