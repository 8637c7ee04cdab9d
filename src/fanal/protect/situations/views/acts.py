"""An act on a situation, on the screen that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from fanal.ground.access import deeds
from fanal.ground.access.deeds import Deed, Place
from fanal.ground.access.guards import DeskRequest
from fanal.ground.shell.pieces import Crumb
from fanal.protect.situations.head import home
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import minor_of
from fanal.protect.situations.views.cards import age_of


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
    after: Place = "",
    context: dict[str, Any] | None = None,
    template: str = "deed",
) -> HttpResponse:
    """``about`` is the situation that the screen names, so that nobody acts on another one."""
    return deeds.perform(
        request,
        template=f"protect/situations/{template}.html",
        deed=deed,
        form=form,
        act=act,
        back=back,
        after=after,
        context={**_named(deed, about), **(context or {})},
    )


def _named(deed: Deed, about: Situation | None) -> dict[str, Any]:
    if about is None:
        return {"crumbs": [home(), Crumb(deed.title)]}
    label = f"{minor_of(about.case_file).initials}, {age_of(about, now=now())}"
    trail = [home(), Crumb(label, reverse("situations:show", args=[about.ref])), Crumb(deed.title)]
    return {"about": f"{label} · {about.number}", "crumbs": trail}
