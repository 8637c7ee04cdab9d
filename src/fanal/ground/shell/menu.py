"""The menu of one agent. Apart from ``navigation``, which is read before the models are."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from fanal.ground.access.decisions import holds
from fanal.ground.agents.models import Agent
from fanal.ground.shell.navigation import entries


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    icon: str
    current: bool


def address(route: str) -> str:
    """Where a named screen is, or nothing when this installation does not serve it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def links_for(agent: Agent, *, path: str) -> list[Link]:
    """The menu of one agent; the longest link that begins the path is the current one."""
    shown = [
        (entry, href)
        for entry in entries()
        if (href := address(entry.route)) and holds(agent, entry.right)
    ]
    inside = [href for _, href in shown if path == href or (href != "/" and path.startswith(href))]
    current = max(inside, key=len, default="")
    return [Link(entry.label, href, entry.icon, href == current) for entry, href in shown]
