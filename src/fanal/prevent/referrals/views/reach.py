"""How many people were really seen, for whoever steers: nothing that a small count would tell."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fanal.ground.access.decisions import territory_of
from fanal.ground.access.guards import DeskRequest, needs
from fanal.ground.access.proving import recently_proved
from fanal.ground.access.terms import Right
from fanal.ground.audit.use_cases import record_list
from fanal.ground.privacy.exports import Column, export_csv
from fanal.ground.territory.models import Departement
from fanal.prevent.referrals.reach import Quarter, reach
from fanal.prevent.spaces.maps import coarse_map

HIDDEN = "masqué"
COLUMNS = (
    Column("Trimestre", "referrals.Reach.month"),
    Column("Département", "referrals.Reach.departement"),
    Column("Personnes vues", "referrals.Reach.seen"),
)
RULE = "« masqué » : moins de 11 personnes, aucune comprise, ou un nombre qui en ferait connaître."
# Of the map: eleven, thirty, a hundred.
STEPS = (11, 30, 100)


@require_safe
@needs(Right.READ_REACH)
def table(request: DeskRequest) -> HttpResponse:
    mine = territory_of(request.user, Right.READ_REACH)
    today, names = localdate(), _names(mine)
    columns = reach(today=today, departements=len(names), whole=mine is None)
    drawing, last = coarse_map(), columns[0]
    record_list(agent=request.user, deed="reach.list", rows=[], count=len(names))
    context = {
        "columns": columns,
        "last": last,
        "rows": [
            (code, name, [(column.quarter, column.counts.get(code)) for column in columns])
            for code, name in names.items()
            if mine is not None or any(code in column.counts for column in columns)
        ],
        "whole": mine is None,
        "view_box": drawing.view_box,
        "shapes": [
            (sum(last.counts.get(code, 0) >= step for step in STEPS), path)
            for code, path in drawing.shapes.items()
        ],
        "next": max(columns, key=lambda one: one.quarter).quarter.following,
        "running": Quarter.of(today),
    }
    return render(request, "prevent/referrals/reach.html", context)


@require_safe
@needs(Right.READ_REACH)
@recently_proved
def export(request: DeskRequest) -> HttpResponseBase:
    mine = territory_of(request.user, Right.READ_REACH)
    today, names = localdate(), _names(mine)
    columns = reach(today=today, departements=len(names), whole=mine is None)
    rows: list[tuple[object, ...]] = [
        (str(column.quarter), f"{name} ({code})", column.counts.get(code, HIDDEN))
        for column in columns
        for code, name in names.items()
    ]
    rows += [
        (str(one.quarter), "Ensemble", HIDDEN if one.total is None else one.total)
        for one in columns
        if mine is None
    ]
    record_list(agent=request.user, deed="reach.export", rows=[], count=len(rows))
    return export_csv(
        filename="personnes-recues.csv",
        right=Right.READ_REACH,
        columns=COLUMNS,
        rows=rows,
        on=today,
        last_line=RULE,
    )


def _names(mine: frozenset[str] | None) -> dict[str, str]:
    return {
        one.code: one.name for one in Departement.objects.all() if mine is None or one.code in mine
    }
