"""An act on a measure, on the screen that says where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from fanal.ground.access import deeds
from fanal.ground.access.deeds import Deed, Place
from fanal.ground.access.guards import DeskRequest
from fanal.ground.shell.pieces import Crumb


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
    after: Place = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    return deeds.perform(
        request,
        template="protect/measures/deed.html",
        deed=deed,
        form=form,
        act=act,
        back=back,
        after=after,
        context={"crumbs": crumbs, **(context or {})},
    )
