"""« Mes échéances »: every clock that runs for the minors whom the agent follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fanal.ground.access.decisions import holds
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import Shown, record, record_list
from fanal.ground.deadlines.models import Clock, ClockQuerySet, DeadlineRule
from fanal.ground.privacy.exports import Column, export_csv, in_batches
from fanal.ground.territory.queries import local_day
from fanal.protect.measures.models import CareQuestion, ExitBan
from fanal.protect.measures.queries import my_clocks
from fanal.protect.measures.terms import EXIT_BAN, MEASURE, QUESTION, SHELTER
from fanal.protect.situations.queries import minor_of
from fanal.protect.situations.terms import Source

PER_PAGE = 25
WEEK = 7
ROUTES = {
    MEASURE: "measures:show",
    SHELTER: "measures:shelter",
    Source.SITUATION.value: "situations:show",
}


class DeadlineForm(forms.Form):
    """What « Mes échéances » is narrowed to."""

    shown = forms.ChoiceField(
        label="Montrer",
        required=False,
        choices=[("", "Toutes"), ("late", "Dépassées"), ("week", "Sous 7 jours")],
    )
    rule = forms.ChoiceField(label="Échéance", required=False)
    scope = forms.ChoiceField(
        label="Mineurs",
        required=False,
        choices=[("", "Ceux que je suis"), ("authority", "Toute mon autorité")],
    )

    def __init__(self, *args: object, rules: list[tuple[str, str]], leads: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["rule"].choices = [("", "Toutes"), *rules]  # type: ignore[attr-defined]
        if not leads:
            del self.fields["scope"]


@dataclass(frozen=True, slots=True)
class Row:
    clock: Clock
    label: str
    href: str


@require_safe
@needs(Right.FOLLOW_SITUATIONS)
def deadlines(request: DeskRequest) -> HttpResponse:
    form, found = _asked(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record_list(
        agent=request.user,
        deed="deadline.list",
        rows=page,
        filters=form.cleaned_data if form.is_valid() else {},
        page=page.number,
    )
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page.object_list), now()),
        "active": any(form.cleaned_data.values()) if form.is_valid() else False,
    }
    return render(request, "protect/measures/deadlines.html", context)


EXPORT = (
    Column("Échéance", "deadlines.Clock.rule"),
    Column("Terme", "deadlines.Clock.due_on"),
    Column("Mineur", "people.Minor.given_names", reduced=True),
    Column("Fondement", "deadlines.Clock.rule_snapshot"),
    Column("Qui veille", "agents.Agent.name"),
)


def _cells(row: Row) -> tuple[str, ...]:
    clock = row.clock
    return (
        clock.label,
        f"{clock.due_on:%d/%m/%Y}",
        row.label,
        clock.rule_snapshot["article"],
        clock.owner.name if clock.owner else "",
    )


@require_safe
@needs(Right.FOLLOW_SITUATIONS)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    """The list for a spreadsheet: initials and days, neither names nor texts."""
    _, found = _asked(request)
    listed = Shown()
    response = export_csv(
        filename="echeances.csv",
        right=Right.FOLLOW_SITUATIONS,
        columns=EXPORT,
        rows=_lines(found, listed),
        on=localdate(),
    )
    record(
        agent=request.user,
        deed="deadline.export",
        outcome=Outcome.READ,
        detail={"count": listed.rows},
    )
    return response


def _lines(found: ClockQuerySet, listed: Shown) -> Iterator[tuple[str, ...]]:
    moment = now()
    for batch in in_batches(found):
        yield from map(_cells, _rows(list(listed.noting(batch)), moment))


def _asked(request: DeskRequest) -> tuple[DeadlineForm, ClockQuerySet]:
    moment = now()
    leads = holds(request.user, Right.MANAGE_SITUATIONS)
    whole = leads and request.GET.get("scope") == "authority"
    found = my_clocks(request.user, now=moment, whole_authority=whole)
    form = DeadlineForm(request.GET, rules=_rules(found, request.GET.get("rule", "")), leads=leads)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("shown") == "late":
        found = found.late(moment)
    if asked.get("shown") == "week":
        found = found.due_within(WEEK, moment)
    if asked.get("rule"):
        found = found.filter(rule=asked["rule"])
    return form, found


def _rules(found: ClockQuerySet, asked: str) -> list[tuple[str, str]]:
    """The kinds of clocks that run, by their names, and the one asked for even when none does."""
    running = found.order_by("rule").distinct("rule")
    names = {clock.rule: clock.label for clock in running}
    if asked and asked not in names:
        rule = DeadlineRule.objects.filter(code=asked).order_by("-valid_from").first()
        names |= {rule.code: rule.label} if rule else {}
    return sorted(names.items(), key=lambda one: one[1])


def _rows(clocks: list[Clock], moment: datetime) -> list[Row]:
    measures = _measures_of(clocks)
    rows = []
    for clock in clocks:
        minor = minor_of(clock.case_file)
        age = minor.age_in_words(local_day(clock.case_file.authority, moment))
        rows.append(Row(clock, f"{minor.initials}, {age}", _href(clock, measures)))
    return rows


def _measures_of(clocks: Iterable[Clock]) -> dict[UUID, UUID]:
    """The measure of each question to the parents and of each exit ban."""
    refs = [one.subject_ref for one in clocks if one.subject_kind in (QUESTION, EXIT_BAN)]
    found: dict[UUID, UUID] = {}
    for kind in (CareQuestion, ExitBan):
        pairs = kind.objects.filter(ref__in=refs).values_list("ref", "measure__ref")
        found |= dict(pairs)
    return found


def _href(clock: Clock, measures: dict[UUID, UUID]) -> str:
    if measure := measures.get(clock.subject_ref):
        return reverse("measures:show", args=[measure])
    route = ROUTES.get(clock.subject_kind)
    return reverse(route, args=[clock.subject_ref]) if route else ""
