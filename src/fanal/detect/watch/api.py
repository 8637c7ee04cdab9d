"""Alerts from a platform's own software: ``/api/v1/lodging-alerts``."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status

from fanal.detect.concerns.api import NOT_JSON, REFUSALS, ErrorsOut, is_json
from fanal.detect.concerns.reading import TOO_LONG, Unreadable, read_object
from fanal.detect.watch.schema import AlertInput, InvalidAlert, parse_alert
from fanal.detect.watch.use_cases import (
    NobodyReads,
    OtherContent,
    Platform,
    Receipt,
    Told,
    TooManyAlerts,
    keep_alert,
    receipt_of_platform,
)
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Organisation
from fanal.ground.privacy.sealing.keys import KeysLocked, Unopenable

CALL = (
    "Ce canal n'est pas un service d'urgence. Si quelqu'un est en danger maintenant, appelez le 17 "
    "ou le 112 (114 par SMS)."
)
SCHEMA_1 = "#/components/schemas/LodgingAlert1"
SEALED = "Les messages ne peuvent pas être lus pour le moment : réessayez plus tard."

router = Router(tags=["Alertes des hébergements"])


class AlertReceiptOut(Schema):
    external_ref: str
    receipt: str
    emergency: str | None = None


class MessageOut(Schema):
    text: str
    at: str


class AlertStatusOut(Schema):
    external_ref: str
    receipt: str
    status: str
    status_label: str
    messages: list[MessageOut]


ANSWERS = {
    201: AlertReceiptOut,
    200: AlertReceiptOut,
    **REFUSALS,
    **dict.fromkeys((409, 413, 415, 422, 429), ErrorsOut),
}


@router.post(
    "/lodging-alerts",
    response=ANSWERS,
    summary="Alerter le point de contact d'un département sur un hébergement",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": SCHEMA_1}}},
        }
    },
)
def create_alert(request: HttpRequest) -> Any:
    """
    201 : reçue ; 200 : déjà reçue ; 409 : même référence, autre contenu ; 413 : trop longue ;
    415 : autre chose que du JSON ; 422 : refusée, champ par champ ; 429 : trop d'envois.
    """
    if not is_json(request):
        return _refused(415, "_line", NOT_JSON)
    try:
        content, commune = parse_alert(read_object(request.body))
    except RequestDataTooBig:
        return _refused(413, "_line", TOO_LONG)
    except Unreadable as refusal:
        return _refused(422, "_line", refusal.message)
    except InvalidAlert as refusal:
        return Status(422, {"errors": refusal.errors})
    return _kept(request.auth, content, content.told(commune))  # type: ignore[attr-defined]


def _kept(organisation: Organisation, content: AlertInput, told: Told) -> Any:
    platform = Platform(organisation, content.external_ref, content.digest())
    try:
        with acting_as(None, organisation=organisation):
            kept = keep_alert(told=told, sent=uuid4(), now=now(), platform=platform)
    except OtherContent as refusal:
        return _refused(409, "external_ref", refusal.message)
    except NobodyReads as refusal:
        return _refused(422, "commune", refusal.message)
    except TooManyAlerts as refusal:
        return _refused(429, "_line", refusal.message)
    return Status(
        200 if kept.again else 201,
        {
            "external_ref": content.external_ref,
            "receipt": kept.receipt,
            "emergency": CALL if told.danger else None,
        },
    )


def _refused(status: int, field: str, message: str) -> Any:
    return Status(status, {"errors": {field: [message]}})


@router.get(
    "/lodging-alerts/{path:external_ref}",
    response={200: AlertStatusOut, 404: ErrorsOut, 503: ErrorsOut, **REFUSALS},
    summary="Suivre une alerte (son état, et les messages du point de contact)",
)
def alert_status(request: HttpRequest, external_ref: str) -> Any:
    organisation: Organisation = request.auth  # type: ignore[attr-defined]
    found: Receipt | None = None
    # PostgreSQL stores no NUL: no reference holds one.
    if "\x00" not in external_ref:
        try:
            with acting_as(None, organisation=organisation):
                found = receipt_of_platform(organisation=organisation, external_ref=external_ref)
        except (KeysLocked, Unopenable):
            return _refused(503, "_line", SEALED)
    if found is None:
        return _refused(404, "external_ref", "Aucune alerte ne porte cette référence.")
    return {
        "external_ref": external_ref,
        "receipt": found.number,
        "status": str(found.state),
        "status_label": str(found.state.label),
        "messages": [{"text": one.text, "at": one.at.isoformat()} for one in found.messages],
    }
