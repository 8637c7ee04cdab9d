"""Concerns from an organisation's own software: ``/api/v1/concerns``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router, Schema, Status

from fanal.detect.concerns.models import Submission
from fanal.detect.concerns.reading import TOO_LONG, Unreadable, read_object
from fanal.detect.concerns.schema import InvalidConcern, parse_concern
from fanal.detect.concerns.use_cases import OtherContent, send_concern
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Organisation
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.territory.queries import find_commune

NOT_AN_EMERGENCY_CHANNEL = (
    "Ce canal n'est pas un service d'urgence. En cas de danger immédiat, appelez le 17 ou le 112 "
    "(114 par SMS) maintenant."
)

# Where the schema of the body stands in the OpenAPI document.
SCHEMA_1 = "#/components/schemas/Concern1"

router = Router(tags=["Informations préoccupantes"])


class AuthorityOut(Schema):
    code: str
    name: str


class ReceiptOut(Schema):
    external_ref: str
    receipt: str
    authority: AuthorityOut
    evaluation_due: str
    target_due: str
    possible_duplicates: list[str]
    emergency: str | None = None


class StatusOut(Schema):
    external_ref: str
    receipt: str
    status: str
    status_label: str
    since: str


class ErrorsOut(Schema):
    errors: dict[str, list[str]]


# What any operation may answer: no living token, another method.
REFUSALS = dict.fromkeys((401, 405), ErrorsOut)
ANSWERS = {
    201: ReceiptOut,
    200: ReceiptOut,
    **REFUSALS,
    **dict.fromkeys((409, 413, 415, 422), ErrorsOut),
}
NOT_JSON = "Envoyez du JSON en UTF-8, avec l'en-tête « Content-Type: application/json »."


def _organisation(request: HttpRequest) -> Organisation:
    organisation: Organisation = request.auth  # type: ignore[attr-defined]
    return organisation


def is_json(request: HttpRequest) -> bool:
    if not request.content_type and request.headers.get("Content-Length", "0") in ("", "0"):
        return True  # nothing at all was sent: refused as such, for what it lacks
    charset = (request.content_params or {}).get("charset", "utf-8")
    return request.content_type == "application/json" and charset.lower() in ("utf-8", "utf8")


@router.post(
    "/concerns",
    response=ANSWERS,
    summary="Transmettre une information préoccupante",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": SCHEMA_1}}},
        }
    },
)
def create(request: HttpRequest) -> Any:
    """
    201 : reçue ; 200 : déjà reçue ; 409 : même référence, autre contenu ; 413 : trop longue ;
    415 : autre chose que du JSON ; 422 : refusée, champ par champ.
    """
    if not is_json(request):
        return Status(415, {"errors": {"_line": [NOT_JSON]}})
    moment = now()
    try:
        content = parse_concern(read_object(request.body), now=moment, find_commune=find_commune)
    except RequestDataTooBig:
        return Status(413, {"errors": {"_line": [TOO_LONG]}})
    except Unreadable as refusal:
        return Status(422, {"errors": {"_line": [refusal.message]}})
    except InvalidConcern as refusal:
        return Status(422, {"errors": refusal.errors})
    organisation = _organisation(request)
    try:
        with acting_as(None, organisation=organisation):
            sent = send_concern(
                content=content,
                commune=find_commune(content.commune),
                organisation=organisation,
                agent=None,
                now=moment,
            )
    except OtherContent as refusal:
        return Status(409, {"errors": {"external_ref": [refusal.message]}})
    danger = content.immediate_danger or content.missing_now
    return Status(
        200 if sent.replayed else 201,
        {
            "external_ref": sent.submission.external_ref,
            "receipt": sent.submission.receipt,
            "authority": sent.submission.authority,
            "evaluation_due": sent.evaluation_due.isoformat(),
            "target_due": sent.target_due.isoformat(),
            "possible_duplicates": sent.possible_duplicates,
            "emergency": NOT_AN_EMERGENCY_CHANNEL if danger else None,
        },
    )


@router.get(
    "/concerns/{path:external_ref}",
    response={200: StatusOut, 404: ErrorsOut, **REFUSALS},
    summary="Suivre une information transmise (son état seulement)",
)
def status(request: HttpRequest, external_ref: str) -> Any:
    organisation = _organisation(request)
    submission = None
    # PostgreSQL stores no NUL: no reference holds one.
    if "\x00" not in external_ref:
        with acting_as(None, organisation=organisation):
            submission = Submission.objects.filter(
                organisation=organisation, external_ref=external_ref
            ).first()
            if submission is not None:
                record(
                    agent=None,
                    organisation=organisation,
                    deed="submission.status",
                    subject=submission,
                    outcome=Outcome.READ,
                )
    if submission is None:
        return Status(404, {"errors": {"external_ref": ["Aucun envoi ne porte cette référence."]}})
    return {
        "external_ref": submission.external_ref,
        "receipt": submission.receipt,
        "status": submission.status,
        "status_label": submission.get_status_display(),
        "since": submission.status_at.isoformat(),
    }
