"""An act on who may open a file, on the screen that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from fanal.ground.access import deeds
from fanal.ground.access.contents import Door, name_of
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
    named = _named(deed, about) if about is not None else {}
    return deeds.perform(
        request,
        template="ground/access/deed.html",
        deed=deed,
        form=form,
        act=act,
        back=back,
        context=named | (context or {}),
    )


def _named(deed: Deed, about: CaseFile) -> dict[str, object]:
    """Which file it is, and the way back to who may open it."""
    name = name_of(about)
    trail = [
        Door(f"Accès au dossier : {name}", reverse("access:show", args=[about.ref])),
        Door(deed.title, ""),
    ]
    return {"about": name, "crumbs": trail}
