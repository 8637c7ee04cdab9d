"""From facts to next steps. Nothing is stored: neither a name nor what was ticked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fanal.detect.screening.forms import GridForm
from fanal.detect.screening.grid import read
from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Right.SCREEN)
def grid(request: DeskRequest) -> HttpResponse:
    """Tick what was seen or heard; « revise » comes back from the reading with the same ticks."""
    form = GridForm(request.POST if request.method == "POST" else None)
    if "revise" in request.POST or not form.is_valid():
        return render(request, "detect/screening/grid.html", {"form": form, "grid": form.grid})
    return render(
        request,
        "detect/screening/reading.html",
        {
            "reading": read(form.observed),
            "may_write": holds(request.user, Right.WRITE_CONCERNS),
        },
    )
