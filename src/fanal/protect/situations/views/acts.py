"""One form, one use case: done and on, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from fanal.ground.access.guards import DeskRequest
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.protect.situations.head import home
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import minor_of
from fanal.protect.situations.views.cards import age_of


@dataclass(frozen=True, slots=True)
class Deed:
    """What a screen that asks before an act says. ``button`` is the deed itself."""

    title: str
    button: str
    done: str
    lead: str = ""
    consequence: str = ""


class NoForm(forms.Form):
    """An act that asks nothing but the button."""


def perform(
    request: DeskRequest,
    *,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    about: Situation | None = None,
    after: str | Callable[[object], str] = "",
    context: dict[str, Any] | None = None,
    template: str = "deed",
) -> HttpResponse:
    """
    ``back`` is where one comes from; ``after`` is where one goes once it is done; ``about`` is
    the situation that the screen names, so that nobody acts on another one.
    """
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
        {"deed": deed, "form": form, "back": back, **_named(deed, about), **(context or {})},
    )


def _named(deed: Deed, about: Situation | None) -> dict[str, Any]:
    if about is None:
        return {}
    label = f"{minor_of(about.case_file).initials}, {age_of(about, now=now())}"
    trail = [home(), Crumb(label, reverse("situations:show", args=[about.ref])), Crumb(deed.title)]
    return {"about": f"{label} · {about.number}", "crumbs": trail}
