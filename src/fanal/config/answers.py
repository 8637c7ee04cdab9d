"""What every answer carries, whatever the view: headers for the browser, JSON for software."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from fanal.ground.shell.permissions import HEADER, permissions_policy

API = "/api/"

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    HEADER: permissions_policy(),
    "X-Permitted-Cross-Domain-Policies": "none",
}

SENTENCES = {
    HTTPStatus.BAD_REQUEST: "Cette demande n'est pas lisible : vérifiez l'adresse et les en-têtes.",
    HTTPStatus.FORBIDDEN: "Ce jeton n'ouvre pas cette adresse.",
    HTTPStatus.NOT_FOUND: "Cette adresse n'existe pas : lisez /api/v1/openapi.json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Cette adresse n'accepte pas cette méthode : voyez l'en-tête "
    "Allow.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Corps trop long (1 Mio au plus).",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Envoyez du JSON en UTF-8, avec l'en-tête "
    "« Content-Type: application/json ».",
    HTTPStatus.TOO_MANY_REQUESTS: "Trop d'appels : attendez, puis recommencez.",
}
OTHERWISE = "Fanal n'a pas pu répondre : recommencez plus tard."


class SecurityHeaders:
    """No browser and no proxy keeps an answer, unless its view says how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class ApiAnswers:
    """Software asks and is answered in JSON, errors too; HEAD is a GET whose body stays here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API):
            return self.get_response(request)
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = self.get_response(request)
        request.method = asked
        if response.status_code >= HTTPStatus.BAD_REQUEST and isinstance(response, HttpResponse):
            _in_json(response)
        return response


def _in_json(response: HttpResponse) -> None:
    """The same refusal, for software: status and headers stay."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return
    response.content = json.dumps(errors(response.status_code), ensure_ascii=False).encode()
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


def errors(status: int) -> dict[str, dict[str, list[str]]]:
    """The body of a refusal that concerns no field."""
    sentence = SENTENCES.get(HTTPStatus(status), OTHERWISE)
    return {"errors": {"_line": [sentence]}}
