"""From an alarm to the screen of what it is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import fanal
from config.demonstration.world import member, world
from fanal.ground.access.asking import acting_as
from fanal.ground.deadlines.models import Clock
from fanal.portal.desks.queries import OF_A_MEASURE, SUBJECTS, address_of
from rows import as_owner

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

PACKAGE = Path(fanal.__file__).parent


def kinds_in_the_code() -> Iterator[str]:
    """Each value that some code gives to ``subject_kind``, as a keyword or as a default."""
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        module = ".".join(("fanal", *path.relative_to(PACKAGE).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                given = [one.value for one in node.keywords if one.arg == "subject_kind"]
            elif isinstance(node, ast.FunctionDef):
                given = defaults_of(node)
            else:
                continue
            yield from (kind for one in given if (kind := value_of(one, module)))


def defaults_of(function: ast.FunctionDef) -> list[ast.expr]:
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    last = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    pairs_of_all = [*pairs, *zip(last, function.args.defaults, strict=True)]
    return [value for one, value in pairs_of_all if one.arg == "subject_kind" and value is not None]


def value_of(expression: ast.expr, module: str) -> str | None:
    """The text that an expression stands for; None when it is a parameter handed on."""
    if isinstance(expression, ast.Constant):
        return str(expression.value)
    names = ast.unparse(expression).split(".")
    found: Any = import_module(module.removesuffix(".__init__"))
    for name in names:
        if not hasattr(found, name):
            return None
        found = getattr(found, name)
    return str(found.value if isinstance(found, Enum) else found)


def test_every_kind_of_subject_leads_somewhere() -> None:
    kinds = set(kinds_in_the_code())

    assert {"concern", "report", "situation", "measure", "shelter"} <= kinds
    assert kinds - set(SUBJECTS) - set(OF_A_MEASURE) == set()


@pytest.mark.parametrize("name", ["Nadia", "Inès", "Claire", "Julien"])
def test_each_kind_of_clock_of_the_world_leads_to_its_screen(name: str) -> None:
    agent = member(name)
    client = Client()
    client.force_login(agent)
    with acting_as(agent):
        seen = {clock.subject_kind: clock for clock in Clock.objects.all()}
    for kind, clock in seen.items():
        answer = client.get(f"/echeances/{clock.ref}/")
        assert answer.status_code == 302
        assert answer.headers["Location"] == reverse(SUBJECTS[kind], args=[clock.subject_ref])
    if name in ("Nadia", "Inès"):
        assert {"concern", "report", "situation"} <= set(seen)


def test_a_supervisor_enters_the_screen_of_each_kind() -> None:
    client = Client()
    client.force_login(member("Inès"))
    with as_owner():
        clocks = {one.subject_kind: one for one in Clock.objects.filter(case_file__authority="59")}
    for clock in clocks.values():
        assert client.get(f"/echeances/{clock.ref}/", follow=True).status_code == 200


def test_a_stranger_s_clock_is_a_404() -> None:
    client = Client()
    client.force_login(member("Paul"))
    with as_owner():
        theirs = Clock.objects.filter(case_file__authority="59").first()
    assert theirs is not None
    for ref in (theirs.ref, "00000000-0000-4000-8000-000000000000"):
        assert client.get(f"/echeances/{ref}/").status_code == 404


def test_a_kind_that_nobody_knows_leads_nowhere() -> None:
    unknown = Clock(subject_kind="autre", subject_ref="00000000-0000-4000-8000-000000000000")

    assert address_of(unknown) is None
