"""Every address of the URL configuration, and what to put in the holes of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from inspect import getclosurevars, isfunction
from itertools import product
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.urls import URLPattern, URLResolver, get_resolver

NOT_OURS = ("administration/",)
HOLE = re.compile(r"<(?:(\w+):)?\w+>")
# A converter that knows only a few words, such as the steps of a form: each is an address.
CLOSED_CHOICE = re.compile(r"[a-z-]+(\|[a-z-]+)+")

View = Callable[..., Any]


def addresses() -> Iterator[tuple[str, View]]:
    """Each address, with its view; nothing is typed here."""
    for route, converters, view in _walk(get_resolver().url_patterns, "", {}):
        if not route.startswith(NOT_OURS):
            for written in _chosen(route, converters):
                yield written, getattr(view, "func", view)


def _walk(
    patterns: list[Any], prefix: str, known: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any], View]]:
    for pattern in patterns:
        route, converters = prefix + str(pattern.pattern), known | pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, converters)
        elif isinstance(pattern, URLPattern):
            yield route, converters, pattern.callback


def _chosen(route: str, converters: dict[str, Any]) -> list[str]:
    routes = [route]
    for name, converter in converters.items():
        if CLOSED_CHOICE.fullmatch(converter.regex):
            hole = re.compile(rf"<\w+:{name}>")
            words = converter.regex.split("|")
            routes = [hole.sub(word, one) for one in routes for word in words]
    return routes


def methods(view: View) -> list[str] | None:
    """What ``require_http_methods`` lets in; None when the view takes them all."""
    inner: Any = view
    while isfunction(inner):
        known = getclosurevars(inner).nonlocals
        if "request_method_list" in known:
            return list(known["request_method_list"])
        inner = getattr(inner, "__wrapped__", None)
    return None


def is_read(view: View) -> bool:
    """A browser may go there: what other packages serve is for software."""
    if not view.__module__.startswith("fanal."):
        return False
    allowed = methods(view)
    return allowed is None or "GET" in allowed


def holes(route: str) -> list[str]:
    """The kind of each parameter, in order: ``uuid``, ``int``, ``str``."""
    return [found or "str" for found in HOLE.findall(route)]


def put(route: str, values: Iterable[str]) -> str:
    """The address with these values in the place of its parameters."""
    for value in values:
        route = HOLE.sub(value, route, count=1)
    return "/" + route


def filled(route: str, refs: list[str]) -> Iterator[str]:
    """The route with every choice of references in the place of its parameters."""
    choices = [refs if kind == "uuid" else ["1"] for kind in holes(route)]
    for values in product(*choices):
        yield put(route, values)


def our_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("fanal."):
            yield model


def rows_by_state(model: type[Model], *, using: str) -> list[Model]:
    """All rows, the newest of each state first."""
    rows = list(model._default_manager.using(using).order_by("-pk"))
    stated = [field.name for field in model._meta.get_fields() if getattr(field, "choices", None)]
    firsts = {}
    for row in rows:
        firsts.setdefault(tuple(getattr(row, name) for name in stated), row)
    first = list(firsts.values())
    return first + [row for row in rows if row not in first]


def parents(row: Model) -> Iterator[Model]:
    """What a row hangs on, at one step."""
    for field in row._meta.get_fields():
        if isinstance(field, ForeignKey) and (parent := getattr(row, field.name, None)):
            yield parent
