"""The interface for other software, and its OpenAPI document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from fanal.detect.concerns.api import router as concerns
from fanal.detect.concerns.schema import json_schema
from fanal.detect.watch.api import router as lodgings
from fanal.detect.watch.schema import json_schema as alert_schema
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.queries import organisation_of_token

UNKNOWN_KEY = (
    "Jeton absent, inconnu ou révoqué : créez-en un avec « fanal tokens create ORGANISATION »."
)


class OrganisationToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Organisation | None:
        return organisation_of_token(token)


class FanalAPI(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> Any:
        """Ninja's document, with the published schemas of what is sent in its components."""
        document = super().get_openapi_schema(**options)
        schemas = document["components"]["schemas"]
        concern = json_schema()
        for name, definition in concern.pop("$defs").items():
            schemas[name] = definition
        schemas["Concern1"] = {
            key: value for key, value in concern.items() if not key.startswith("$")
        }
        schemas["LodgingAlert1"] = alert_schema()
        return _under_components(document)


def _under_components(node: Any) -> Any:
    """JSON Schema keeps its definitions under ``$defs``, OpenAPI under ``components``."""
    if isinstance(node, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/")
            if key == "$ref"
            else _under_components(value)
            for key, value in node.items()
        }
    return [_under_components(one) for one in node] if isinstance(node, list) else node


api = FanalAPI(
    title="Fanal",
    version="1",
    description="Transmettre une information préoccupante ou une alerte d'un hébergement, et "
    "suivre leur état.",
    auth=OrganisationToken(),
    docs_url=None,
)
api.add_router("", concerns)
api.add_router("", lodgings)


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    answer = api.create_response(
        request,
        {"errors": {"_line": [UNKNOWN_KEY]}},
        status=401,
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer
