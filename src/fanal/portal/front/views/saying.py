"""What the service says of itself: what the exit hides, who answers for it, what it keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.ground.shell.visitors import for_visitors, shared
from fanal.portal.front.editions import languages
from fanal.portal.front.legal import examination, examined, legal_here, periods


@for_visitors
@shared()
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front/discretion.html")


@for_visitors
@shared()
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Every page for whoever comes, in its place."""
    return render(request, "portal/front/plan.html", {"languages": languages()})


@for_visitors
@shared()
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front/mentions.html", {"legal": legal_here()})


@for_visitors
@shared()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"legal": legal_here(), "periods": periods(localdate())}
    return render(request, "portal/front/donnees.html", context)


@for_visitors
@shared()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"legal": legal_here(), "examined": examined(), "examination": examination()}
    return render(request, "portal/front/accessibilite.html", context)
