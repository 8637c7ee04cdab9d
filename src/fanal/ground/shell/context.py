"""What every layout needs. Nothing is computed, no session read, before a layout asks for it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from fanal.ground.access.decisions import postings_of
from fanal.ground.agents.models import Agent
from fanal.ground.notifications.models import Notification
from fanal.ground.shell import foot, menu
from fanal.ground.shell.answering import answering
from fanal.ground.shell.appearance import chosen_appearance
from fanal.ground.shell.texts import text_of

PRODUCT = "Fanal"


def _links(request: HttpRequest) -> list[menu.Link]:
    if not isinstance(request.user, Agent):
        return []
    return menu.links_for(request.user, path=request.path)


def _organisations(request: HttpRequest) -> str:
    if not isinstance(request.user, Agent):
        return ""
    return " · ".join(dict.fromkeys(p.organisation.name for p in postings_of(request.user)))


def _unread(request: HttpRequest) -> int:
    if not isinstance(request.user, Agent):
        return 0
    return Notification.objects.filter(agent=request.user).unread().count()


def nobody() -> dict[str, Any]:
    """What the layouts know without a request: enough for the page of a breakdown."""
    return {
        "product": PRODUCT,
        "service": settings.FANAL_SERVICE,
        "demonstration": not settings.FANAL_SERVICE,
        "exit_url": settings.FANAL_EXIT_URL,
        "state": settings.FANAL_STATE_SITE,
        "foot": foot.links,
    }


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": {
            **nobody(),
            "appearance": partial(chosen_appearance, request),
            "links": partial(_links, request),
            "organisations": partial(_organisations, request),
            "unread": partial(_unread, request),
            "answering": answering,
            "text": partial(text_of, request),
            "home": menu.address("desks:home"),
            "search": menu.address("desks:search"),
            "notices": menu.address("notifications:inbox"),
            "login": menu.address("agents:login"),
            "security": menu.address("accounts:security"),
            "logout": menu.address("agents:logout"),
            "path": request.get_full_path(),
        }
    }
