"""An act on who may open a file, on the screen that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from fanal.ground.access import deeds
from fanal.ground.access.contents import name_of
from fanal.ground.access.deeds import Deed
from fanal.ground.access.guards import DeskRequest
from fanal.ground.access.models import CaseFile


def perform(
    request: DeskRequest,
    *,
    deed: Deed,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    back: str,
    about: CaseFile | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """``about`` is the file that the screen names, so that nobody acts on another one."""
    named = {"about": name_of(about)} if about is not None else {}
    return deeds.perform(
        request,
        template="ground/access/deed.html",
        deed=deed,
        form=form,
        act=act,
        back=back,
        context=named | (context or {}),
    )
