from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, signed_in
from fanal.ground.territory.queries import search_communes

SHORTEST = 2
SHOWN = 8


@require_safe
@signed_in
def suggest(request: DeskRequest) -> HttpResponse:
    """Communes for the list of suggestions under a field."""
    typed = (request.GET.get("commune") or "").strip()[:80]
    found = search_communes(typed, limit=SHOWN) if len(typed) >= SHORTEST else []
    return render(request, "detect/concerns/communes.html", {"communes": found})
