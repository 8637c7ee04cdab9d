"""
Hostile input at each door that exists: refused in French, or harmless.

Never an error of the server, never half a writing, never more memory or time than a page needs.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils.timezone import now

from config.demonstration.world import member
from detect.concerns.inputs import written
from doors import addresses, holes, our_models, put
from factories import AgentFactory, PostingFactory
from fanal.detect.concerns.importing import import_file
from fanal.detect.concerns.models import Concern, Submission
from fanal.ground.access.middleware import is_open
from fanal.ground.agents.models import Organisation
from fanal.ground.agents.terms import Role
from fanal.ground.agents.use_cases import create_token
from fanal.ground.people.models import Minor
from rows import as_owner
from sizes import size
from walls import hostile
from walls.figures import say
from walls.scopes import CAST
from walls.world import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

ADDRESS = "/api/v1/concerns"
# Processor seconds for one case, and memory for all of them: a bomb would pass both at once.
SECONDS = 3.0
MEBIBYTES = 250
# Every n-th case in the sample.
EVERY = size(12, 1)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
tried: Counter[str] = Counter()


@contextmanager
def bounded(name: str) -> Iterator[None]:
    tried[name] += 1
    spent, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - spent < SECONDS, name
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    assert grown < MEBIBYTES, (name, grown)


@pytest.fixture
def school() -> Organisation:
    return Organisation.objects.get(slug="ecole-demonstration")


@pytest.fixture
def headers(school: Organisation) -> dict[str, str]:
    token = create_token(organisation=school, label="essai", now=now())[1]
    return {"authorization": f"Bearer {token}"}


def rows() -> tuple[int, ...]:
    with as_owner():
        return tuple(model.objects.count() for model in (Submission, Concern, Minor))


def good() -> dict[str, Any]:
    return written(external_ref=f"ESSAI-{sum(tried.values())}")


def judge(answer: Any, before: tuple[int, ...], name: str) -> None:
    """A refusal says why and leaves nothing; what is received is received whole, once."""
    added = tuple(after - former for after, former in zip(rows(), before, strict=True))
    if answer.status_code == 201:
        assert added == (1, 1, 1), (name, added)
        return
    assert answer.status_code in (200, 400, 404, 409, 413, 415, 422), (name, answer.status_code)
    assert added == (0, 0, 0), (name, added)
    if answer.status_code != 200:
        said = [text for texts in answer.json()["errors"].values() for text in texts]
        assert said, name
        assert all(len(text) > 10 and text.endswith((".", "»", ")")) for text in said), (name, said)


def encoded(data: Any) -> bytes:
    return json.dumps(data).encode()  # lone surrogates stay escaped, as a program would send them


@cache
def cases() -> list[tuple[str, bytes]]:
    """Made once: packing a bomb takes longer than refusing it."""
    spoiled = hostile.spoiled(written(external_ref="ESSAI"))
    return [*hostile.bodies(written()), *((name, encoded(data)) for name, data in spoiled)]


def test_bodies_of_the_interface(client: Client, headers: dict[str, str]) -> None:
    for name, body in cases()[::EVERY]:
        before = rows()
        with bounded(f"API: {name}"):
            answer = client.post(ADDRESS, body, content_type="application/json", headers=headers)
        judge(answer, before, name)


def test_multipart_and_other_types_at_the_interface_and_at_the_desk(
    client: Client, headers: dict[str, str]
) -> None:
    desk = Client()
    desk.force_login(member("Sofia"))
    before = rows()
    for name, kind, body in list(hostile.multiparts()):
        with bounded(f"multipart API: {name}"):
            answer = client.generic("POST", ADDRESS, body, content_type=kind, headers=headers)
        judge(answer, before, name)
        for address in ("/connexion/", "/transmettre/", "/reperer/grille/"):
            with bounded(f"multipart {address}: {name}"):
                answer = desk.generic("POST", address, body, content_type=kind)
            assert answer.status_code < 500, (address, name)
    for kind in ("text/plain", "application/xml", "application/json; charset=latin-1", "a", "é/é"):
        body = encoded(good())
        answer = client.generic("POST", ADDRESS, body, content_type=kind, headers=headers)
        assert answer.status_code == 415, kind
        judge(answer, before, kind)
    compressed = client.post(
        ADDRESS,
        dict(cases())["gzip bomb"],
        content_type="application/json",
        headers=headers | {"content-encoding": "gzip"},
    )
    judge(compressed, before, "gzip announced")
    assert rows() == before


def test_files_to_import(tmp_path: Path, school: Organisation) -> None:
    """Each bad line is followed by a good one, which is received all the same."""
    path = tmp_path / "essai.jsonl"
    for name, body in cases()[1 :: EVERY * size(2, 1)]:
        before = rows()
        with bounded(f"import: {name}"):
            path.write_bytes(body + b"\n" + encoded(good()) + b"\n")
            report = import_file(path=path, organisation=school, now=now)
        received = len(report.accepted)
        added = tuple(after - former for after, former in zip(rows(), before, strict=True))
        assert added == (received,) * 3, (name, added)
        assert received >= 1, name
        assert all(said for row in report.rejected for said in row["errors"].values()), name


def test_a_line_without_end_takes_no_memory(tmp_path: Path, school: Organisation) -> None:
    path = tmp_path / "essai.jsonl"
    with path.open("wb") as file:
        for _ in range(size(100, 1_000)):
            file.write(b'{"a":"' * 100_000)
        file.write(b"\n" + encoded(good()))
    with bounded("import: a line of many mebibytes"):
        report = import_file(path=path, organisation=school, now=now)
    assert len(report.rejected) == len(report.accepted) == 1


def test_addresses_and_queries(client: Client, headers: dict[str, str]) -> None:
    everybody = _everybody()
    for path in hostile.PATHS:
        with bounded(f"address: {path[:30]}"):
            answers = [
                client.get(f"{ADDRESS}/{path}", headers=headers),
                everybody.get(f"/informations/{path}/"),
                everybody.get(f"/{path}"),
            ]
        assert all(answer.status_code in (200, 302, 400, 404) for answer in answers), path
    lists = [put(route, []) for route, view in addresses() if not holes(route) and _read(view)]
    asked = [(address, query) for address in lists for query in hostile.QUERIES]
    for address, query in asked[:: size(20, 1)]:
        with bounded(f"query: {address} {query[:30]}"):
            answer = everybody.get(f"{address}?{query}")
        assert answer.status_code < 500, (address, query)


def _read(view: Any) -> bool:
    return not is_open(view)


def _everybody() -> Client:
    """Somebody of the authority with every role: all lists open."""
    agent = AgentFactory()
    with as_owner():
        places = Organisation.objects.filter(slug__in=("nord", "parquet-lille"))
        nord, parquet = places.order_by("slug")
        for role in Role:
            PostingFactory(
                agent=agent, organisation=parquet if role is Role.PARQUET else nord, role=role
            )
    client = Client()
    client.force_login(agent)
    return client


def test_no_cell_of_an_export_is_a_formula() -> None:
    """Every free text of every row becomes a formula; every export is then read cell by cell."""
    with as_owner():
        for model in our_models():
            if any(field.name == "case_file" for field in model._meta.get_fields()):
                _poison(model)
    exports = [put(route, []) for route, _ in addresses() if route.endswith(".csv")]
    assert exports
    cells = 0
    for address in exports:
        found = 0
        for first_name in (*CAST.values(), "Paul"):
            client = Client()
            client.force_login(member(first_name))
            answer = client.get(address)
            if answer.status_code != 200:
                continue
            text = (
                b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
            ).decode("utf-8-sig")
            delimiter = ";" if ";" in text.splitlines()[0] else ","
            for row in csv.reader(io.StringIO(text), delimiter=delimiter):
                found += len(row)
                bad = [cell for cell in row if cell.startswith(FORMULA)]
                assert not bad, (address, first_name, bad[:3])
        assert found, address
        cells += found
    tried["exports"] += cells
    say(f"Hostile input: {cells} cells of {len(exports)} exports, none a formula")


def _poison(model: type[models.Model]) -> None:
    texts = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and type(field) in (models.CharField, models.TextField)
        and not field.choices
        and not field.unique
        and (field.max_length is None or field.max_length >= 40)
    ]
    for field in texts:
        try:
            with transaction.atomic():
                model._default_manager.exclude(**{field.name: ""}).update(
                    **{field.name: "=cmd|' /C calc'!A0"}
                )
        except DatabaseError:
            continue  # what was sent is kept as it was: the database refuses to rewrite it


def test_more_than_two_hundred_cases_were_tried() -> None:
    """Counted from the generators: the sample takes one in twelve of them."""
    generated = len(cases()) + 4 * len(list(hostile.multiparts())) + len(hostile.PATHS)
    say(f"Hostile input: {generated} cases generated, {sum(tried.values())} tried in this process")
    assert generated >= 200
