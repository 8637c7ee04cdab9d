"""
The public pages of the directory. Where somebody looks from is posted: no address, hence no log
nor history, ever holds it; titles and addresses name no subject. Whoever taps « Près de moi »
sends a cell of about five kilometres, once, and no button of the answer sends it again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.shell.permissions import HEADER, permissions_policy
from fanal.ground.shell.visitors import for_visitors, form_token, has_token, shared
from fanal.prevent.spaces.cells import COLUMNS, ROWS, Cell, origin_of_cell, read_cell
from fanal.prevent.spaces.finding import (
    SHOWN,
    audience_of,
    find_places,
    lines_for,
    near_of,
    read_public,
)
from fanal.prevent.spaces.forms import NO_COMMUNE_NEAR, NOWHERE, FindForm
from fanal.prevent.spaces.freshness.confidence import old_fields
from fanal.prevent.spaces.maps import coarse_map
from fanal.prevent.spaces.origins import Origin, origins_of, origins_of_code
from fanal.prevent.spaces.queries import places_by_departement
from fanal.prevent.spaces.terms import Audience
from fanal.prevent.spaces.ways import ways_of

MOST_SHOWN = 100
# Shown at once near a cell: nothing is sent twice.
SHOWN_NEAR = 20
TOO_OLD = (
    "Cette page est restée ouverte trop longtemps : rien n’est parti. Il suffit d’envoyer de "
    "nouveau."
)


@for_visitors
@shared()
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    response = render(request, "prevent/spaces/find.html", sought(request))
    response[HEADER] = permissions_policy("geolocation")
    return response


def sought(request: HttpRequest) -> dict[str, Any]:
    """A place, and the nearest that may help; the national numbers whatever is found."""
    sent = request.method == "POST"
    cell = read_cell(request.POST.get("cell", "")) if sent else None
    form = FindForm(request.POST if sent else None, auto_id="find_%s")
    form.fields["where"].required = cell is None
    context: dict[str, Any] = {"form": form, "token": form_token(), "grid": (ROWS, COLUMNS)}
    if sent and not has_token(request):
        context["refusal"] = TOO_OLD
    elif form.is_valid():
        context |= _near_cell(form, cell) if cell else _near_named(request, form)
    return context


def _near_named(request: HttpRequest, form: FindForm) -> dict[str, Any]:
    code, where = request.POST.get("code", ""), form.cleaned_data["where"]
    origins = origins_of_code(code) or origins_of(where)
    if not origins:
        form.add_error("where", NOWHERE)
        return {}
    shown = SHOWN
    with suppress(ValueError):
        shown = min(max(int(request.POST.get("shown", "")), SHOWN), MOST_SHOWN)
    context = _found(form, origins[0], shown)
    more = context["found"].more and shown < MOST_SHOWN
    return context | {"namesakes": origins[1:], "next": shown + SHOWN if more else 0}


def _near_cell(form: FindForm, cell: Cell) -> dict[str, Any]:
    origin = origin_of_cell(cell)
    if origin is None:
        return {"refusal": NO_COMMUNE_NEAR}
    return _found(form, origin, SHOWN_NEAR) | {"rounded": True}


def _found(form: FindForm, origin: Origin, shown: int) -> dict[str, Any]:
    audience, moment = audience_of(form.cleaned_data["who"]), now()
    found = find_places(
        origin=origin,
        audience=audience,
        need=form.cleaned_data["need"],
        open_now=form.cleaned_data["open_now"],
        shown=shown,
        now=moment,
    )
    return {"origin": origin, "found": found, "lines": lines_for(audience, now=moment)}


@for_visitors
@shared()
@require_safe
def place(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One place. What is not for everybody answers as what does not exist."""
    service = read_public(ref)
    if service is None:
        raise Http404
    moment = now()
    context = {
        "one": near_of(service, now=moment),
        "old": old_fields(service.verified, on=localdate(moment)),
        "six_months": "vérifié il y a plus de six mois",
        "token": form_token(),
        "place": service,
        "for_whom": ", ".join(str(Audience(one).label) for one in service.audiences),
        "source": urlsplit(service.source_url).netloc,
        "ways": ways_of(ref, now=now()),
    }
    return render(request, "prevent/spaces/place.html", context)


@for_visitors
@shared("d")
@require_safe
def on_a_map(request: HttpRequest) -> HttpResponse:
    """How many places each département has, and those of one of them."""
    drawing, counted = coarse_map(), places_by_departement()
    origins = origins_of(request.GET.get("d", "")[:3])
    context: dict[str, Any] = {
        "view_box": drawing.view_box,
        "rows": [(counted[code], path) for code, path in drawing.shapes.items()],
    }
    if origins and origins[0].is_departement:
        moment = now()
        context["origin"] = origins[0]
        context["found"] = [
            (label, find_places(origin=origins[0], audience=audience, now=moment))
            for label, audience in (
                ("Moins de 18 ans", Audience.MINORS),
                ("Familles et proches", Audience.FAMILIES),
            )
        ]
    return render(request, "prevent/spaces/map.html", context)
