"""What an alert says, as the draft of an information préoccupante begins with it."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime

from fanal.detect.watch.models import LodgingAlert
from fanal.detect.watch.terms import Side


def draft_content(alert: LodgingAlert) -> dict[str, Any]:
    """
    The commune, the place and the facts. Who wrote stays at the contact point: they told the
    police of a lodging, and agreed to nothing else.
    """
    return {
        "immediate_danger": "yes" if alert.danger else "",
        "commune": f"{alert.commune.name} ({alert.commune_id})",
        "address": alert.address,
        "facts": facts_of(alert),
    }


def facts_of(alert: LodgingAlert) -> str:
    received = f"{localtime(alert.received_at):%d/%m/%Y à %H:%M}"
    lines = [
        f"Alerte {alert.receipt} d’un hébergement, reçue le {received}.",
        f"Hébergement : {alert.get_lodging_display()}. {alert.address}".strip(),
        f"Annonce : {alert.listing}." if alert.listing else "",
        f"Quand : {alert.get_moment_display()}. Des personnes sont là : "
        f"{alert.get_there_now_display()}. Un enfant semble présent : {alert.get_minor_display()}.",
        f"Vu : {' ; '.join(alert.signs_said)}." if alert.signs else "",
        alert.words,
        *(one.text for one in alert.exchanged.filter(side=Side.WRITER)),
    ]
    return "\n".join(line for line in lines if line)
