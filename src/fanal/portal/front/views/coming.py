"""Pages for whoever comes: nothing is asked, nothing is kept, no address names a subject."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.agents.models import Agent
from fanal.ground.shell.visitors import for_visitors, form_token, has_token, shared
from fanal.portal.front.advising import advise
from fanal.portal.front.guide import EDITIONS, Guide, Who, read_guide
from fanal.portal.front.queries import answering, doors_to, near, served

LONGEST_PLACE = 80


@for_visitors
@shared()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors and who answers now; whoever has signed in goes on to their desk."""
    if isinstance(request.user, Agent):
        return redirect("desks:home")
    context = {"answering": answering(now()), "token": form_token()}
    return render(request, "portal/front/home.html", context)


@for_visitors
@shared()
@require_safe
def start(request: HttpRequest, edition: str) -> HttpResponse:
    """For whom one asks, in the words of this edition."""
    guide = _guide(edition)
    if not _is_shown(guide):
        return _doors_alone(request)
    return render(request, "portal/front/start.html", _about(guide))


@for_visitors
@shared()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, edition: str, who: str) -> HttpResponse:
    """Five questions that may all stay empty; what was answered is read, and kept nowhere."""
    guide = _guide(edition)
    if not _is_shown(guide):
        return _doors_alone(request)
    asked = guide.people[who]
    context = _about(guide) | {"who": asked, "token": form_token()}
    if request.method == "POST" and has_token(request):
        context |= _advice(request, guide, asked)
    return render(request, "portal/front/ask.html", context)


def _guide(edition: str) -> Guide:
    """The service’s own, where it has put some."""
    if settings.FANAL_GUIDES:
        return read_guide(edition, Path(settings.FANAL_GUIDES))
    return read_guide(edition)


def _is_shown(guide: Guide) -> bool:
    """Words that nobody has reviewed are not said to somebody who is really in need."""
    return guide.is_reviewed or not settings.FANAL_SERVICE


def _doors_alone(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front/doors_alone.html", {"answering": answering(now())})


def _about(guide: Guide) -> dict[str, Any]:
    others = [_guide(name) for name in EDITIONS if name != guide.name]
    return {
        "guide": guide,
        "words": guide.words,
        "others": [one for one in others if _is_shown(one)],
    }


def _advice(request: HttpRequest, guide: Guide, who: Who) -> dict[str, Any]:
    moment = now()
    given = {one.key: request.POST.get(one.key, "") for one in who.questions}
    where = request.POST.get("where", "")[:LONGEST_PLACE].strip()
    here = answering(moment)
    advice = advise(who, given, served=served(here, writes=given.get("how") == "write"))
    found = near(where, who.audience, advice.need, now=moment) if where else None
    return {
        "given": given,
        "where": where,
        "advice": advice,
        "doors": doors_to(advice.doors, guide, here, found=bool(found)),
        "found": found,
        "nowhere": bool(where) and found is None,
    }
