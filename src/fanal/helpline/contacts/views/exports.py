"""What leaves as a file: the coordinator's own counts, and what may be shown outside."""

from __future__ import annotations

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.privacy.exports import Column, export_csv
from fanal.helpline.contacts.figures import Tallies, monthly, published, returns
from fanal.helpline.contacts.queries import helpline_of
from fanal.helpline.contacts.terms import Axis, Channel, Kind
from fanal.helpline.contacts.words import said

COUNTS = (
    Column("Mois", "contacts.MonthlyCount.month"),
    Column("Selon", "contacts.MonthlyCount.axis"),
    Column("Valeur", "contacts.MonthlyCount.value"),
    Column("Contacts", "contacts.MonthlyCount.contacts"),
    Column("Enfants", "contacts.MonthlyCount.children"),
    Column("Fratries", "contacts.MonthlyCount.groups"),
)
RETURNS = (
    Column("Autorité", "contacts.Transmission.authority"),
    Column("Réponses", "contacts.Transmission.answered_at"),
    Column("Part", "contacts.Transmission.answered_at"),
)
NOT_PUBLISHED = "Pilotage du service : un compte sous 11 ne se publie pas."
PUBLISHED = "« moins de 11 » : envois, réponses ou attentes trop peu nombreux pour être publiés."


@require_safe
@needs(Right.COORDINATE)
@recently_proved
def counts(request: DeskRequest) -> HttpResponseBase:
    """Every count, by month and one thing at a time; authorities are on the page of returns."""
    rows = list(_rows(monthly(helpline_of(request.user))))
    record_list(agent=request.user, deed="contact.export", rows=[], count=len(rows))
    return export_csv(
        filename="contacts.csv",
        right=Right.COORDINATE,
        columns=COUNTS,
        rows=rows,
        on=localdate(),
        last_line=NOT_PUBLISHED,
    )


def _rows(counted: Tallies) -> Iterator[tuple[object, ...]]:
    for (month, axis, value), tally in sorted(counted.items()):
        if axis not in (Axis.AUTHORITY, Axis.ANSWERED):
            words = (f"{month:%Y-%m}", Axis(axis).label, _in_words(Axis(axis), value))
            yield (*words, tally.contacts, tally.children, tally.groups)


def _in_words(axis: Axis, value: str) -> str:
    if axis is Axis.WORD:
        return said(value)
    return str(Channel(value).label if axis is Axis.CHANNEL else Kind(value).label)


@require_safe
@needs(Right.COORDINATE)
@recently_proved
def published_returns(request: DeskRequest) -> HttpResponseBase:
    """By authority, what may be shown outside: small counts are not."""
    rows = list(published(returns(helpline_of(request.user))))
    record_list(agent=request.user, deed="transmission.export", rows=[], count=len(rows))
    return export_csv(
        filename="retours.csv",
        right=Right.COORDINATE,
        columns=RETURNS,
        rows=rows,
        on=localdate(),
        last_line=PUBLISHED,
    )
