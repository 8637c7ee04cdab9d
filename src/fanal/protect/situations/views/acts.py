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


@dataclass(frozen=True, slots=True)
class Deed:
    """What a screen that asks before an act says. ``button`` is the deed itself."""

    title: str
    button: str
    done: str
    lead: str = ""
    consequence: str = ""
    tone: str = ""


class NoForm(forms.Form):
    """An act that asks nothing but the button."""


def perform(
    request: DeskRequest,
    *,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    after: str | Callable[[object], str] = "",
    context: dict[str, Any] | None = None,
    template: str = "deed",
) -> HttpResponse:
    """``back`` is where one comes from; ``after`` is where one goes once it is done."""
    if form.is_valid():
        try:
            result = act(form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, deed.done)
            return redirect(after(result) if callable(after) else after or back)
    return render(
        request,
        f"protect/situations/{template}.html",
        {"deed": deed, "form": form, "back": back, **(context or {})},
    )
