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
from fanal.ground.shell.pieces import Crumb


@dataclass(frozen=True, slots=True)
class Deed:
    """What a screen that asks before an act says. ``button`` is the deed itself."""

    title: str
    button: str
    done: str
    lead: str = ""
    consequence: str = ""


def posted(request: DeskRequest) -> Any:
    return request.POST if request.method == "POST" else None


def perform(
    request: DeskRequest,
    *,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    crumbs: list[Crumb],
    after: Callable[[Any], str] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """``back`` is where one comes from; ``after`` says where one goes once it is done."""
    if form.is_valid():
        try:
            result = act(form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, deed.done)
            return redirect(after(result) if after else back)
    drawn = {"deed": deed, "form": form, "back": back, "crumbs": crumbs, **(context or {})}
    return render(request, "protect/measures/deed.html", drawn)
