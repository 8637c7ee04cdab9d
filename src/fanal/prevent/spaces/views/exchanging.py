"""
What other software reads: the public directory, as HSDS 3 says it. Nothing is written here.

Any site may read it from a browser: that is said of these addresses, and of no other of Fanal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.prevent.spaces.finding import read_public
from fanal.prevent.spaces.formats import hsds
from fanal.prevent.spaces.formats.record import Document, record_of
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.reuse import (
    AT_LOCATIONS,
    ORGANIZATIONS,
    PER_PAGE,
    SERVICES,
    Asked,
    BadParameters,
    found,
    read_asked,
    with_a_location,
)

WRITTEN = {"ensure_ascii": False}
NOTHING = "Rien de public n’a cet identifiant."
METHODS = ("GET", "HEAD", "OPTIONS")
View = Callable[..., HttpResponse]


def open_data(view: View) -> View:
    """Read by any site; a refusal is JSON too."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
            response["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        else:
            response = _answered(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return for_visitors(require_http_methods(METHODS)(opened))


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except BadParameters as refusal:
        return _json({"errors": refusal.faults}, status=400)
    except Http404:
        return _json({"errors": {"id": [NOTHING]}}, status=404)


@for_visitors
@shared()
@require_safe
def reuse(request: HttpRequest) -> HttpResponse:
    """For whoever wants to reuse the directory, in plain words."""
    return render(request, "prevent/spaces/reuse.html", {"per_page": PER_PAGE})


@open_data
@shared()
def about(request: HttpRequest) -> HttpResponse:
    return _json(
        {
            "version": "3.0",
            "profile": "https://docs.openreferral.org/en/v3.0.0/",
            "description": "Les lieux publics de l’annuaire de Fanal.",
            "documentation": request.build_absolute_uri(reverse("spaces:reuse")),
            "services": request.build_absolute_uri(reverse("spaces:hsds_services")),
        }
    )


@open_data
@shared("page", "per_page", "full")
def services(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET.dict(), SERVICES)
    if asked.minimal:
        return _page(found(asked), asked, _minimal)
    return _page(found(asked), asked, lambda one: _service(one, full=asked.full))


@open_data
@shared()
def service(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What is not for everybody answers as what does not exist."""
    return _json(_service(_one(ref), full=True))


@open_data
def organizations(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET.dict(), ORGANIZATIONS)
    listed = asked.full or asked.full_service

    def organization(one: PublicService) -> Document:
        services = [_service(one, full=asked.full_service)] if listed else None
        return hsds.organization(record_of(one), services)

    return _page(found(asked), asked, organization)


@open_data
def organization(request: HttpRequest, ref: UUID) -> HttpResponse:
    asked, one = read_asked(request.GET.dict(), ("full_service",)), _one(ref)
    services = [_service(one, full=asked.full_service)]
    return _json(hsds.organization(record_of(one), services))


@open_data
def at_locations(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET.dict(), AT_LOCATIONS)
    rows = with_a_location(found(asked))
    return _page(rows, asked, lambda one: hsds.at_location(record_of(one), full=asked.full))


@open_data
def at_location(request: HttpRequest, ref: UUID) -> HttpResponse:
    document = hsds.at_location(record_of(_one(ref)), full=True)
    if not document:
        raise Http404
    return _json(document)


def _one(ref: UUID) -> PublicService:
    found = read_public(ref)
    if found is None:
        raise Http404
    return found


def _service(one: PublicService, *, full: bool) -> Document:
    document = hsds.write(record_of(one))
    said = document if full else hsds.simple(document)
    return said | {"last_modified": one.change.changed_at.isoformat()}


def _minimal(one: PublicService) -> Document:
    return {"id": str(one.ref), "modified_date": one.change.changed_at.isoformat()}


def _page(
    rows: QuerySet[PublicService], asked: Asked, write: Callable[[PublicService], Document]
) -> HttpResponse:
    """One page; past the last one, an empty page that says so."""
    pages = Paginator(rows, asked.per_page)
    try:
        contents = [write(one) for one in pages.page(asked.page)]
    except EmptyPage:
        contents = []
    return _json(
        {
            "total_items": pages.count,
            "total_pages": pages.num_pages,
            "page_number": asked.page,
            "size": len(contents),
            "first_page": asked.page == 1,
            "last_page": asked.page >= pages.num_pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _json(document: Document, status: int = 200) -> JsonResponse:
    return JsonResponse(document, status=status, json_dumps_params=WRITTEN)
