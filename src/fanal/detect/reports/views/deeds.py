"""One act, one screen: what it does, what must be said, the button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fanal.detect.reports.models import Report
from fanal.detect.reports.queries import is_of_the_parquet
from fanal.ground.access.deeds import do_or_say_why_not
from fanal.ground.access.guards import DeskRequest
from fanal.ground.agents.models import Agent
from fanal.ground.shell.pieces import Crumb


@dataclass(frozen=True, slots=True)
class Words:
    """What the screen says: its title, what follows from the act, its button, and once done."""

    title: str
    consequence: str
    deed: str
    done: str


def home_of(agent: Agent, report: Report) -> str:
    """The page of a signalement, for the parquet or for the département."""
    route = "reports:answer" if is_of_the_parquet(agent, report) else "reports:show"
    return reverse(route, args=[report.ref])


def crumbs_of(agent: Agent, report: Report, last: str = "") -> list[Crumb]:
    if is_of_the_parquet(agent, report):
        first = Crumb("Signalements reçus", reverse("reports:inbox"))
    else:
        first = Crumb("Signalements", reverse("reports:list"))
    if not last:
        return [first, Crumb(report.number)]
    return [first, Crumb(report.number, home_of(agent, report)), Crumb(last)]


def posted(request: DeskRequest) -> Any:
    return request.POST if request.method == "POST" else None


def deed_screen(
    request: DeskRequest,
    *,
    report: Report,
    form: forms.Form,
    words: Words,
    act: Callable[[dict[str, Any]], object],
    after: str = "",
) -> HttpResponse:
    """Show the act, or do it and go back to the signalement, or to ``after``."""
    home = home_of(request.user, report)
    onwards = do_or_say_why_not(request, form=form, act=act, done=words.done, after=after or home)
    context = {
        "report": report,
        "form": form,
        "words": words,
        "home": home,
        "crumbs": crumbs_of(request.user, report, words.title),
    }
    return onwards or render(request, "detect/reports/deed.html", context)
