from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fanal.ground.access.guards import public
from fanal.ground.errors import Refusal
from fanal.ground.shell import gallery
from fanal.ground.shell.appearance import keep_appearance
from fanal.ground.shell.context import nobody


@public
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Leave for a neutral page, and have the browser forget what it kept of this site."""
    response = HttpResponseRedirect(settings.FANAL_EXIT_URL)
    response["Clear-Site-Data"] = '"*"'
    response["Referrer-Policy"] = "no-referrer"
    return response


@public
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    keep_appearance(response, wanted=request.POST.get("apparence", ""), secure=request.is_secure())
    return response


@public
@require_GET
def pieces(request: HttpRequest) -> HttpResponse:
    """Every piece on one page. A service in operation does not show it."""
    if settings.FANAL_SERVICE and not settings.DEBUG:
        raise Http404
    return render(request, "shell/gallery.html", gallery.samples(request))


def _error(request: HttpRequest, name: str, status: int, **words: str) -> HttpResponse:
    return render(request, f"errors/{name}.html", words, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Only a refusal is written to be read; any other exception may quote what it must not.
    reason = exception.message if isinstance(exception, Refusal) else ""
    return _error(request, "403", 403, reason=reason)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page whether the thing exists or not: the exception is never read."""
    return _error(request, "404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    # No context processor: whatever broke may break again.
    context: dict[str, Any] = {"shell": nobody()}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, "csrf", 403)
