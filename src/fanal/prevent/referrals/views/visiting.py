"""
The public pages: a slot, five words, and back. No cookie, no script, no name.

Titles and addresses say « rendez-vous » and nothing of what for.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from fanal.ground.codes.words import UnreadableCode
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.shell.visitors import for_visitors, form_token, has_token
from fanal.prevent.referrals import use_cases
from fanal.prevent.referrals.forms import BookForm, CodeForm, MoveForm
from fanal.prevent.referrals.slots import slots_of, welcome_at
from fanal.prevent.referrals.terms import State
from fanal.prevent.referrals.use_cases import Shown
from fanal.prevent.spaces.finding import near_of, read_public
from fanal.prevent.spaces.models import PublicService

TOO_OLD = (
    "Cette page est restée ouverte trop longtemps : aucun rendez-vous n’est pris. Il suffit "
    "d’envoyer de nouveau."
)
STALE = "Cette page est restée ouverte trop longtemps : rien n’a changé. Il faut redonner le code."
# One sentence for a code that was never given, is over, or was given under duress.
NOTHING = (
    "Ce code n’ouvre rien : il est mal recopié, trop ancien, ou a été essayé trop souvent. "
    "On peut réessayer dans une heure, ou prendre un autre rendez-vous."
)
DONE = {
    "cancel": "Le rendez-vous est annulé. Il n’y a rien d’autre à faire.",
    "move": "Le rendez-vous est déplacé. Le code et le numéro restent les mêmes.",
}


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The slots of one place. A place that does not receive answers as what does not exist."""
    place, welcome = read_public(ref), welcome_at(ref)
    if place is None or welcome is None:
        raise Http404
    sent, moment = request.method == "POST", now()
    slots = slots_of(place, now=moment)
    form = BookForm(request.POST if sent else None, slots)
    context: dict[str, Any] = {
        "form": form,
        "welcome": welcome,
        "walk_ins": [one for one in slots if one.walk_in],
    }
    if sent and not has_token(request):
        context["refusal"] = TOO_OLD
    elif form.is_valid():
        try:
            booked = use_cases.book(
                place=place,
                key=form.cleaned_data["slot"],
                wanted=form.wanted,
                sent=form.cleaned_data["sent"],
                now=moment,
            )
        except Refusal as refusal:
            context["refusal"] = refusal.message
            # Somebody was quicker: what is left is read again.
            form.offer(slots_of(place, now=moment))
        else:
            context |= {"booked": booked, "host": request.get_host()}
            return _page(request, "kept", place, context)
    return _page(request, "book", place, context)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """With the five words: when and where, and two buttons that come back here."""
    sent = request.method == "POST"
    if sent and request.POST.get("geste") in DONE and has_token(request):
        return _change(request, act=request.POST["geste"], key=request.POST.get("cle", ""))
    form = CodeForm(request.POST if sent else None, auto_id="code_%s")
    if sent and not has_token(request):
        return _page(request, "code", None, {"form": _empty(), "refusal": STALE})
    if not form.is_valid():
        return _page(request, "code", None, {"form": form})
    try:
        shown = use_cases.open_booking(typed=form.cleaned_data["code"], now=now())
    except UnreadableCode as refusal:
        form.add_error("code", refusal.message)
        return _page(request, "code", None, {"form": form})
    except Refusal as refusal:
        return _page(request, "code", None, {"form": _empty(), "refusal": _said(refusal)})
    return _opened(request, shown)


def _change(request: HttpRequest, *, act: str, key: str) -> HttpResponse:
    """Cancel or move, from the page that a code opened; the words are not typed again."""
    try:
        if act == "cancel":
            shown = use_cases.cancel(key=key)
        else:
            shown = use_cases.move(key=key, to=request.POST.get("slot", ""), now=now())
    except (use_cases.Full, use_cases.Gone) as refusal:
        return _opened(request, use_cases.reopen(key), {"refusal": refusal.message})
    except Refusal as refusal:
        return _page(request, "code", None, {"form": _empty(), "refusal": _said(refusal)})
    return _opened(request, shown, {"done": DONE[act]})


def _opened(request: HttpRequest, shown: Shown, more: dict[str, Any] | None = None) -> HttpResponse:
    place, moment = shown.place, now()
    waits = shown.state == State.EXPECTED
    slots = slots_of(place, now=moment) if place and waits and shown.starts else []
    context = {
        "shown": shown,
        "key": use_cases.key_of(shown),
        "form": MoveForm(None, slots) if any(one.is_free for one in slots) else None,
    }
    return _page(request, "booking", place, context | (more or {}))


def _empty() -> CodeForm:
    """What was typed is not given back: somebody may look over a shoulder."""
    return CodeForm(auto_id="code_%s")


def _said(refusal: Refusal) -> str:
    return NOTHING if isinstance(refusal, NotVisible) else refusal.message


def _page(
    request: HttpRequest, name: str, place: PublicService | None, context: dict[str, Any]
) -> HttpResponse:
    everywhere = {
        "place": place,
        "one": near_of(place, now=now()) if place else None,
        "token": form_token(),
        "demonstration": not settings.FANAL_SERVICE,
    }
    return render(request, f"prevent/referrals/{name}.html", everywhere | context)
