from __future__ import annotations

from ipaddress import ip_address
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.agents import factors
from fanal.ground.agents.forms import FactorForm, LoginForm
from fanal.ground.agents.models import Agent
from fanal.ground.agents.throttle import remember_device
from fanal.ground.errors import Refusal

# Somebody further away speaks through a proxy of this machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
TOO_MANY = 429


def next_page(request: HttpRequest) -> str:
    """Where the agent was going, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


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
        return _enter(request, form.agent)
    accounts: list[Agent] = []
    if _demonstration_is_open(request):
        accounts = list(
            Agent.objects.filter(is_demonstration=True, is_active=True)
            .prefetch_related("postings__organisation")
            .order_by("pk")
        )
    context = {
        "form": form,
        "accounts": accounts,
        "providers": settings.FANAL_PROVIDERS,
        "next": request.GET.get("next", ""),
        "said": request.GET.get("dit", ""),
    }
    answer = render(request, "ground/agents/login.html", context)
    answer.status_code = TOO_MANY if form.wait else answer.status_code
    return answer


def _enter(request: HttpRequest, agent: Agent) -> HttpResponse:
    signing_in = Login(user=agent, email=agent.email, redirect_url=next_page(request))
    response: HttpResponse = perform_password_login(request, {}, signing_in)
    remember_device(request, response, account=agent.email)
    return response


@require_POST
def demonstrate(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Enter as one of the invented agents, in one click."""
    agent = Agent.objects.filter(ref=ref, is_demonstration=True, is_active=True).first()
    if agent is None or not _demonstration_is_open(request):
        raise Http404
    signing_in = Login(user=agent, email=agent.email, redirect_url=next_page(request))
    response: HttpResponse = perform_login(request, signing_in)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Between the password and the desk: nobody is signed in yet."""
    stage: LoginStage | None = LoginStageController.enter(request, AuthenticateStage.key)
    agent = stage.login.user if stage else None
    if stage is None or not isinstance(agent, Agent):
        return redirect("agents:login")
    form = FactorForm(request.POST or None)
    if form.is_valid():
        try:
            show(request, agent, form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            done: HttpResponse = stage.exit()
            return done
    context = {"form": form, "question": factors.question_for(agent)}
    return render(request, "ground/agents/second_factor.html", context)


def show(request: HttpRequest, agent: Agent, form: FactorForm) -> None:
    """The code or the key that the form brings."""
    if credential := form.cleaned_data.get("credential"):
        factors.show_key(request, agent, credential=credential, now=now())
    else:
        factors.show_code(request, agent, code=form.cleaned_data["code"], now=now())


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Close the session here, and at the provider by which it came in."""
    elsewhere = request.session.get("leave_by", "")
    get_adapter().logout(request)
    return redirect(elsewhere or settings.LOGOUT_REDIRECT_URL)


# Marked here and not with ``access.public``: that room stands above this one.
for screen in (login, demonstrate, second_factor, logout):
    vars(screen)["open_to_public"] = True
