"""Pages for whoever comes: nothing is asked, nothing is kept, no address names a subject."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from fanal.ground.agents.models import Agent
from fanal.ground.shell.visitors import for_visitors, form_token, has_token, shared
from fanal.portal.front.advising import advise
from fanal.portal.front.editions import Edition, choose, languages
from fanal.portal.front.guide import Guide, Who
from fanal.portal.front.queries import answering, doors_to, near, served

LONGEST_PLACE = 80


@for_visitors
@shared()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors and who answers now; whoever has signed in goes on to their desk."""
    if isinstance(request.user, Agent):
        return redirect("desks:home")
    context = {"answering": answering(now()), "token": form_token(), "languages": languages()}
    return render(request, "portal/front/home.html", context)


@for_visitors
@shared()
@require_safe
def start(request: HttpRequest, edition: str) -> HttpResponse:
    """For whom one asks, in the words of this edition."""
    shown, asked = choose(edition)
    if not shown.is_shown:
        return _instead(request, "doors_alone", asked)
    return render(request, "portal/front/start.html", _about(shown, asked))


@for_visitors
@shared()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, edition: str, who: str) -> HttpResponse:
    """Five questions that may all stay empty; what was answered is read, and kept nowhere."""
    shown, asked = choose(edition)
    if not shown.is_shown:
        return _instead(request, "doors_alone", asked)
    person = shown.guide.people[who]
    context = _about(shown, asked) | {"who": person, "token": form_token()}
    if request.method == "POST" and has_token(request):
        context |= _advice(request, shown.guide, person)
    elif request.method == "POST":
        context["too_old"] = True
    return render(request, "portal/front/ask.html", context)


@for_visitors
@shared()
@require_safe
def safe(request: HttpRequest, edition: str) -> HttpResponse:
    """What stays on the device, in few words; the whole page is in French."""
    shown, asked = choose(edition)
    if asked.guide is not shown.guide or not shown.is_shown:
        return _instead(request, "discretion", asked)
    return render(request, "portal/front/safe.html", _about(shown, asked) | {"page": "safe"})


def _instead(request: HttpRequest, page: str, asked: Edition) -> HttpResponse:
    """A page of French that needs no review, and why it stands there."""
    context = {"answering": answering(now()), "not_yet": asked.guide, "languages": languages()}
    return render(request, f"portal/front/{page}.html", context)


def _about(shown: Edition, asked: Edition) -> dict[str, Any]:
    here = answering(now())
    return {
        "guide": shown.guide,
        "words": shown.guide.words,
        "review": shown.review,
        "not_yet": asked.guide if asked.guide is not shown.guide else None,
        "languages": languages(),
        "answering": here,
        "said": here.said_in(shown.guide),
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
