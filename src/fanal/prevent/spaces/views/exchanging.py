"""What other software reads: the public directory, as HSDS 3 says it. Nothing is written here."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.formats import hsds
from fanal.prevent.spaces.formats.record import record_of
from fanal.prevent.spaces.queries import public_services

PER_PAGE, MOST = 50, 500
WRITTEN = {"ensure_ascii": False}


@for_visitors
@shared()
@require_safe
def about(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            "version": "3.0",
            "profile": "https://docs.openreferral.org/en/v3.0.0/",
            "services": request.build_absolute_uri(reverse("spaces:hsds_services")),
        }
    )


@for_visitors
@shared("page", "per_page")
@require_safe
def services(request: HttpRequest) -> JsonResponse:
    """A page of the public services, in an order that does not move."""
    size = request.GET.get("per_page", "")
    per_page = min(max(int(size), 1), MOST) if size.isascii() and size.isdigit() else PER_PAGE
    found = public_services().order_by("pk")
    page = Paginator(found, per_page).get_page(request.GET.get("page"))
    contents = [hsds.write(record_of(one)) for one in page]
    return JsonResponse(
        {
            "total_items": page.paginator.count,
            "total_pages": page.paginator.num_pages,
            "page_number": page.number,
            "size": len(contents),
            "first_page": not page.has_previous(),
            "last_page": not page.has_next(),
            "empty": not contents,
            "contents": contents,
        },
        json_dumps_params=WRITTEN,
    )


@for_visitors
@shared()
@require_safe
def service(request: HttpRequest, ref: UUID) -> JsonResponse:
    """What is not for everybody answers as what does not exist."""
    found = read_public(ref)
    if found is None:
        raise Http404
    return JsonResponse(hsds.write(record_of(found)), json_dumps_params=WRITTEN)
