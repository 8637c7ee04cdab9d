"""Twelve months after it was closed an alert goes whole; its month keeps the count."""

from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from fanal.detect.watch.models import AlertCount, AlertStep, AlertWord, LodgingAlert
from fanal.detect.watch.terms import State
from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode

PARIS = ZoneInfo("Europe/Paris")


def closed_alerts(before: date) -> QuerySet[LodgingAlert]:
    """One that is open is never old."""
    return LodgingAlert.objects.filter(state=State.CLOSED, closed_at__date__lt=before)


def _erase(alerts: QuerySet[LodgingAlert]) -> None:
    gone = dict(alerts.values_list("pk", "departement_id"))
    months = Counter(
        (departement, localdate(at, timezone=PARIS).replace(day=1))
        for departement, at in alerts.values_list("departement_id", "received_at")
    )
    for (departement, month), number in months.items():
        count, _ = AlertCount.objects.get_or_create(
            departement_id=departement, month=month, defaults={"number": 0}
        )
        AlertCount.objects.filter(pk=count.pk).update(number=F("number") + number)
    LodgingAlert.objects.filter(duplicate_of__in=gone).update(duplicate_of=None)
    for kind in (AlertWord, AlertStep):
        kind.objects.filter(alert__in=gone).delete()
    LodgingAlert.objects.filter(pk__in=gone).delete()


declare_rows(
    Rows(
        RuleCode.LODGING_ALERT,
        "watch.lodgingalert",
        closed_alerts,
        _erase,
        # The police answers for it: no authority of child welfare does.
        "organisation__authority_id",
    )
)
