"""Sheets of paper that fit in a pocket, one a département: public, as what they say is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.ground.territory.models import Departement
from fanal.prevent.spaces.sheets.printing import pocket_sheet, with_a_sheet


@for_visitors
@shared()
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    return render(request, "prevent/spaces/sheets.html", {"departements": with_a_sheet()})


@for_visitors
@shared()
@require_safe
def sheet(request: HttpRequest, departement: str) -> HttpResponse:
    """An address of no département leads to the list of them."""
    code = departement.upper()
    site = f"{request.get_host()}/trouver"
    try:
        if not code.isalnum():
            raise Departement.DoesNotExist
        pdf = pocket_sheet(code, now=now(), site=site)
    except Departement.DoesNotExist:
        return redirect("spaces:sheets")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    return response
