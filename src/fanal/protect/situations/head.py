"""The head of a situation: the same above every tab, those of the rooms above included.

A tab of another room registers itself (``tabs.register``), extends
``protect/situations/layout.html``, fills its block ``part``, and gives its template the context
of ``situation_head`` with the name of its own route.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from fanal.ground.agents.models import Agent
from fanal.ground.shell.pieces import Crumb, Tab
from fanal.ground.territory.queries import local_day
from fanal.protect.situations import tabs
from fanal.protect.situations.models import Situation
from fanal.protect.situations.queries import (
    clocks_of,
    may_write,
    minor_of,
    stands_in,
    supervises,
)
from fanal.protect.situations.terms import OF_AGE, WHAT_CHANGES


def situation_head(agent: Agent, situation: Situation, current: str) -> dict[str, Any]:
    """
    What ``layout.html`` shows on each tab of a situation, and which deeds are the reader's.

    ``current`` is the name of the tab's screen: ``people``, or the route of a registered tab.
    """
    moment = now()
    minor = minor_of(situation.case_file)
    today = local_day(situation.authority, moment)
    leads = supervises(agent, situation.authority, on=today)
    follows = situation.referent_id == agent.pk or stands_in(agent, situation, at=moment)
    label = f"{minor.initials}, {minor.age_in_words(today)}"
    clocks = list(clocks_of(situation.case_file)[:6])
    return {
        "situation": situation,
        "minor": minor,
        "label": label,
        "clock": clocks[0] if clocks else None,
        "clocks": clocks[1:],
        "sealed": situation.case_file.sealed_at is not None,
        "in_force": tabs.in_force(situation),
        "tabs": _tabs(situation, current),
        "supervises": leads,
        "writes": situation.is_living and may_write(agent, situation, now=moment),
        "accepts": situation.awaits_referent and situation.referent_id == agent.pk,
        "proposes": situation.is_taken_up and follows,
        "decides": situation.awaits_closing and leads,
        "exit_interview": leads and not situation.is_living and situation.closing_reason in OF_AGE,
        "establishes": leads
        and situation.majority_asked_at is not None
        and situation.majority_on is None,
        "what_changes": WHAT_CHANGES if situation.majority_on else (),
        "crumbs": [home(), Crumb(label)],
    }


def home() -> Crumb:
    return Crumb("Mes mineurs", reverse("situations:mine"))


def _tabs(situation: Situation, current: str) -> list[Tab]:
    own = [("show", "Fil", 0), ("people", "Personnes", 30), ("documents", "Documents", 60)]
    own.append(("access", "Accès", 90))
    drawn = [
        (rank, Tab(label, reverse(f"situations:{name}", args=[situation.ref]), name == current))
        for name, label, rank in own
    ]
    drawn += [
        (
            tab.rank,
            Tab(
                tab.label,
                tabs.address(tab, situation),
                tab.route == current,
                tab.count(situation) if tab.count else None,
            ),
        )
        for tab in tabs.registered()
    ]
    return [tab for _, tab in sorted(drawn, key=lambda one: one[0])]
