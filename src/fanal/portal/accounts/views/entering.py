"""Doors that open before anybody has signed in: an invitation, a provider of identity."""

from __future__ import annotations

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import public
from fanal.ground.agents.views import next_page
from fanal.portal.accounts.adapters import ELSEWHERE, redirect_to_login
from fanal.portal.accounts.forms import ChoosePasswordForm
from fanal.portal.accounts.provider import Callback, IdentityAdapter
from fanal.portal.accounts.use_cases.entering import LinkOver, accept_link, find_link


@public
@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password behind a link that works once."""
    try:
        found = find_link(token, now=now())
        form = ChoosePasswordForm(request.POST or None, agent=found.agent)
        if form.is_valid():
            accept_link(token=token, password=form.cleaned_data["password"], now=now())
            return redirect_to_login("pret")
    except LinkOver:
        return redirect("accounts:link_over")
    context = {"form": form, "agent": found.agent}
    answer = render(request, "portal/accounts/accept.html", context)
    # The address of this page opens an account: no other site hears of it.
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public
@never_cache
@require_safe
def link_over(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accounts/link_over.html", {"said": LinkOver.message})


@public
@require_POST
def leave(request: HttpRequest, provider: str) -> HttpResponse:
    """Go to the provider; ``encore`` asks the person to identify once more."""
    if provider not in settings.FANAL_PROVIDERS:
        raise Http404
    found = get_adapter().get_provider(request, provider)
    again = bool(request.POST.get("encore"))
    try:
        response: HttpResponse = found.leave(request, next_url=next_page(request), again=again)
    except (OAuth2Error, OSError):
        return redirect_to_login(ELSEWHERE)
    return response


@public
@never_cache
@require_safe
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Come back from the provider."""
    if provider not in settings.FANAL_PROVIDERS:
        return redirect("agents:login")
    response: HttpResponse = Callback.adapter_view(IdentityAdapter(request, provider))(request)
    return response
