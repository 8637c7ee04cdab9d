from __future__ import annotations

from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.agents.forms import LoginForm
from fanal.ground.agents.models import Agent

# Somebody further away speaks through a proxy of this machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request: HttpRequest) -> str:
    """Where the agent was going, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else settings.LOGIN_REDIRECT_URL


def _demonstration_is_open(request: HttpRequest) -> bool:
    """Accounts without a password exist in the demonstration, and on this machine alone."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        here = False
    host = split_domain_port(request.get_host())[0]
    return not settings.FANAL_SERVICE and here and host in ("127.0.0.1", "localhost", "[::1]")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request.POST or None, request=request)
    if form.is_valid() and form.agent is not None:
        open_session(request, form.agent, backend=BACKEND)
        return redirect(_next(request))
    accounts: list[Agent] = []
    if _demonstration_is_open(request):
        accounts = list(
            Agent.objects.filter(is_demonstration=True, is_active=True)
            .prefetch_related("postings__organisation")
            .order_by("pk")
        )
    context = {"form": form, "accounts": accounts, "next": request.GET.get("next", "")}
    return render(request, "ground/agents/login.html", context)


@require_POST
def demonstrate(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Enter as one of the invented agents, in one click."""
    agent = Agent.objects.filter(ref=ref, is_demonstration=True, is_active=True).first()
    if agent is None or not _demonstration_is_open(request):
        raise Http404
    open_session(request, agent, backend=BACKEND)
    return redirect(_next(request))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    close_session(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


# Marked here and not with ``access.public``: that room stands above this one.
for screen in (login, demonstrate, logout):
    vars(screen)["open_to_public"] = True
