"""How many contacts, children and sibling groups, in our words and in those of others."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.shell.pieces import Crumb
from fanal.helpline.contacts.figures import by_month, chi_counts, monthly, totals
from fanal.helpline.contacts.queries import helpline_of
from fanal.helpline.contacts.terms import Axis, Channel, Kind
from fanal.helpline.contacts.words import said

MONTHS = 12


@require_safe
@needs(Right.COORDINATE)
def figures(request: DeskRequest) -> HttpResponse:
    """Each contact counted three ways: contacts, children, sibling groups."""
    counted = monthly(helpline_of(request.user))
    kinds = by_month(counted, Axis.KIND)
    record_list(agent=request.user, deed="contact.figures", rows=[], count=len(kinds))
    shown = sorted({row.month for row in kinds}, reverse=True)[:MONTHS]
    words: dict[str, int] = {}
    for row in by_month(counted, Axis.WORD):
        words[row.value] = words.get(row.value, 0) + row.tally.contacts
    context = {
        "kinds": [(row, Kind(row.value).label) for row in kinds if row.month in shown],
        "channels": [
            (row, Channel(row.value).label)
            for row in by_month(counted, Axis.CHANNEL)
            if row.month in shown
        ],
        "total": totals(kinds),
        "words": sorted(((said(code), number) for code, number in words.items())),
        "chi": chi_counts(counted),
        "crumbs": [Crumb("Fiches", reverse("contacts:list")), Crumb("Chiffres")],
    }
    return render(request, "helpline/contacts/figures.html", context)
