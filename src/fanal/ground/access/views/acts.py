"""One form, one use case: done and on, or said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fanal.ground.access.contents import name_of
from fanal.ground.access.guards import DeskRequest
from fanal.ground.access.models import CaseFile
from fanal.ground.errors import NotVisible, Refusal


@dataclass(frozen=True, slots=True)
class Deed:
    """What a screen that asks before an act says. ``button`` is the deed itself."""

    title: str
    button: str
    done: str
    consequence: str


def perform(
    request: DeskRequest,
    *,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    about: CaseFile | None = None,
    after: str = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """``back`` is where one comes from; ``after`` is where one goes once it is done."""
    named = {"about": name_of(about)} if about is not None else {}
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except NotVisible:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, deed.done)
            return redirect(after or back)
    return render(
        request,
        "ground/access/deed.html",
        {"deed": deed, "form": form, "back": back} | named | (context or {}),
    )
