"""One's own account: second factors, open sessions, and proving again who one is."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.ground.access.guards import DeskRequest, View, signed_in
from fanal.ground.access.proving import recently_proved
from fanal.ground.agents import factors, sessions
from fanal.ground.agents.forms import FactorForm
from fanal.ground.agents.throttle import CODE, take
from fanal.ground.agents.views import next_page, show
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.pieces import Crumb
from fanal.portal.accounts.forms import CodeForm, KeyForm, PasswordForm
from fanal.portal.accounts.use_cases import factors as deeds


def before_second_factor(view: View) -> View:
    """A screen that serves to put the first factor in place."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def _trail(here: str) -> list[Crumb]:
    return [Crumb("Ma sécurité", reverse("accounts:security")), Crumb(here)]


@before_second_factor
@require_safe
@signed_in
def security(request: DeskRequest) -> HttpResponse:
    held = factors.factors_of(request.user)
    context = {
        "held": held,
        "missing": factors.is_required() and not factors.is_proved(request, request.user),
        "codes_left": len(factors.recovery_codes(request.user)),
        "last": len(held) == 1 and factors.is_required(),
    }
    return render(request, "portal/accounts/security.html", context)


@before_second_factor
@require_http_methods(["GET", "POST"])
@signed_in
@recently_proved
def application(request: DeskRequest) -> HttpResponse:
    """Tie an application that shows codes."""
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return redirect("accounts:security")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            deeds.add_application(request, code=form.cleaned_data["code"], now=now())
        except Refusal as refusal:
            form.add_error("code", refusal.message)
        else:
            return redirect("accounts:codes")
    context = {"form": form, **deeds.drawing_of(request), "crumbs": _trail("Application de codes")}
    return render(request, "portal/accounts/application.html", context)


@before_second_factor
@require_http_methods(["GET", "POST"])
@signed_in
@recently_proved
def key(request: DeskRequest) -> HttpResponse:
    """Tie a key, or what the computer or telephone holds of one."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            deeds.add_key(request, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("accounts:codes")
    options = deeds.options_for_key(request.user)
    context = {"form": form, "options": options, "crumbs": _trail("Clé")}
    return render(request, "portal/accounts/key.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@recently_proved
def codes(request: DeskRequest) -> HttpResponse:
    """Recovery codes: each works once; new ones replace them all."""
    if request.method == "POST":
        deeds.renew_codes(request.user)
        messages.success(request, "Les anciens codes ne fonctionnent plus. Voici les nouveaux.")
        return redirect("accounts:codes")
    held = factors.recovery_codes(request.user)
    context = {"codes": held, "crumbs": _trail("Codes de secours")}
    return render(request, "portal/accounts/codes.html", context)


@require_POST
@signed_in
@recently_proved
def remove_factor(request: DeskRequest, number: int) -> HttpResponse:
    try:
        deeds.remove_factor(agent=request.user, number=number)
    except NotVisible:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Ce facteur est retiré.")
    return redirect("accounts:security")


@require_safe
@signed_in
def my_sessions(request: DeskRequest) -> HttpResponse:
    context = {
        "sessions": sessions.open_sessions(request.user, now=now()),
        "mine": request.session.get(sessions.REF, ""),
        "idle": settings.SESSION_COOKIE_AGE // 60,
        "longest": settings.FANAL_SESSION_LONGEST // 3600,
        "crumbs": _trail("Mes sessions"),
    }
    return render(request, "portal/accounts/sessions.html", context)


@require_POST
@signed_in
def close_session(request: DeskRequest, ref: UUID) -> HttpResponse:
    if str(ref) == request.session.get(sessions.REF):
        logout(request)
        return redirect("agents:login")
    deeds.close_session(agent=request.user, ref=ref)
    messages.success(request, "La session est fermée.")
    return redirect("accounts:sessions")


@require_POST
@signed_in
def close_others(request: DeskRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    deeds.close_others(agent=request.user, but=request.session.get(sessions.REF, ""))
    messages.success(request, "Vos autres sessions sont fermées.")
    return redirect("accounts:sessions")


@before_second_factor
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in
def prove(request: DeskRequest) -> HttpResponse:
    """Prove again who one is, then go where one was going."""
    agent = request.user
    plain = agent.is_demonstration and not factors.is_required()
    form = _proof_form(request, plain=plain)
    if request.method == "POST" and _is_proved(request, form, plain=plain):
        sessions.prove(request.session)
        return redirect(next_page(request))
    context = {
        "form": form,
        "plain": plain,
        "question": None if plain else factors.question_for(agent),
        "provider": _provider_of(request),
        "next": next_page(request),
    }
    return render(request, "portal/accounts/prove.html", context)


def _proof_form(request: DeskRequest, *, plain: bool) -> FactorForm | PasswordForm | None:
    """A factor when one is held, else the password."""
    if plain:
        return None
    if factors.has_factor(request.user):
        return FactorForm(request.POST or None)
    return PasswordForm(request.POST or None) if request.user.has_usable_password() else None


def _is_proved(
    request: DeskRequest, form: FactorForm | PasswordForm | None, *, plain: bool
) -> bool:
    if form is None or not form.is_valid():
        return plain
    try:
        if isinstance(form, FactorForm):
            show(request, request.user, form)
            return True
        place = take(CODE, str(request.user.ref), now=now())
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    password = form.cleaned_data["password"]
    if authenticate(request, username=request.user.email, password=password) != request.user:
        form.add_error("password", "Ce n’est pas votre mot de passe.")
        return False
    place.give_back()
    return True


def _provider_of(request: DeskRequest) -> object:
    account = SocialAccount.objects.filter(user=request.user).first()
    return settings.FANAL_PROVIDERS.get(account.provider) if account else None
