"""For verified professionals: where to send a child, places that are not for everybody included."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fanal.ground.access.decisions import postings_of
from fanal.ground.access.guards import DeskRequest, signed_in
from fanal.ground.audit.use_cases import record_list
from fanal.ground.shell.words import count_fr
from fanal.prevent.spaces.forms import NOWHERE, ProfessionalForm
from fanal.prevent.spaces.origins import origins_of
from fanal.prevent.spaces.professionals import professional_services

PER_PAGE = 50


@require_safe
@signed_in
def professionals(request: DeskRequest) -> HttpResponse:
    """Whoever holds no role today is no verified professional: an account alone opens nothing."""
    if not postings_of(request.user):
        raise PermissionDenied
    form = ProfessionalForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    origins = origins_of(filters.get("where", ""))
    if filters.get("where") and not origins:
        form.add_error("where", NOWHERE)
    origin = origins[0] if origins else None
    page = Paginator(professional_services(filters, origin), PER_PAGE).get_page(
        request.GET.get("page")
    )
    record_list(
        agent=request.user, deed="directory.consult", rows=page, filters=filters, page=page.number
    )
    context = {
        "form": form,
        "page": page,
        "active": any(filters.values()),
        "origin": origin,
        "total": count_fr(page.paginator.count, "lieu", "lieux"),
    }
    return render(request, "prevent/spaces/professionals.html", context)
