"""The keys of one's organisations' software."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import proved_to_send, recently_proved
from fanal.ground.access.terms import Right
from fanal.portal.accounts.forms import TokenForm
from fanal.portal.accounts.queries import administered_by, tokens_of
from fanal.portal.accounts.use_cases.tokens import OVERLAP, open_token, revoke_token, rotate_token

PER_SCREEN = 100


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_AGENTS)
@proved_to_send
def tokens(request: DeskRequest) -> HttpResponse:
    form = TokenForm(request.POST or None, organisations=administered_by(request.user, now=now()))
    if form.is_valid():
        _, clear_text = open_token(agent=request.user, now=now(), **form.cleaned_data)
        return _once(request, clear_text)
    return _screen(request, form)


@require_POST
@needs(Right.MANAGE_AGENTS)
@recently_proved
def rotate(request: DeskRequest, ref: UUID) -> HttpResponse:
    _, clear_text = rotate_token(agent=request.user, ref=ref, now=now())
    return _once(request, clear_text)


@require_POST
@needs(Right.MANAGE_AGENTS)
@recently_proved
def revoke(request: DeskRequest, ref: UUID) -> HttpResponse:
    revoke_token(agent=request.user, ref=ref, now=now())
    messages.success(request, "Ce jeton ne fonctionne plus.")
    return redirect("accounts:tokens")


def _screen(request: DeskRequest, form: TokenForm) -> HttpResponse:
    context = {
        "form": form,
        "tokens": tokens_of(request.user, now=now())[:PER_SCREEN],
        "overlap": OVERLAP.days,
        "now": now(),
    }
    return render(request, "portal/accounts/tokens.html", context)


def _once(request: DeskRequest, clear_text: str) -> HttpResponse:
    """The clear text is in this answer and nowhere else: no session, no message holds it."""
    return render(request, "portal/accounts/token_once.html", {"clear_text": clear_text})
