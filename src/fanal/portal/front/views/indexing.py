"""What a search engine may find: pages that name nothing, and public places."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.prevent.spaces.queries import public_services

# Pages that anybody may find by a search, and that say so themselves.
FOUND = (
    *("front:home", "spaces:find", "spaces:map", "spaces:sheets", "spaces:reuse"),
    *("spaces:frame_help", "front:safety", "front:notice", "front:privacy", "front:accessibility"),
    "front:plan",
)
# Of one file, as sitemaps.org says it.
MOST = 50_000


@for_visitors
@shared()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    places = public_services().order_by("pk").values_list("ref", "verified_on")
    pages: list[tuple[str, date | None]] = [(reverse(name), None) for name in FOUND]
    pages += [
        (reverse("spaces:place", args=[ref]), day) for ref, day in places[: MOST - len(FOUND)]
    ]
    context = {"pages": [(request.build_absolute_uri(page), day) for page, day in pages]}
    return render(
        request, "portal/front/sitemap.xml", context, content_type="application/xml; charset=utf-8"
    )


@for_visitors
@shared()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Each page says itself whether it may be found: an address that is named here is told."""
    where = request.build_absolute_uri(reverse("front:sitemap"))
    said = f"User-agent: *\nDisallow:\n\nSitemap: {where}\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
