"""A list of more than five thousand rows leaves whole, row by row, and its trace counts them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import WeakSet

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from detect.concerns.screens.concerns import received
from fanal.detect.concerns.models import Concern
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.privacy import exports
from fanal.ground.privacy.exports import BATCH
from rows import as_owner

MANY, PIECE = 6_000, 64 * 1024


class Alive:
    """How many concerns are in memory at once, at the most."""

    def __init__(self) -> None:
        self.most, self._now = 0, WeakSet[Concern]()

    def read(self, *found: object, **how: object) -> Concern:
        concern: Concern = Model.from_db.__func__(Concern, *found, **how)
        self._now.add(concern)
        self.most = max(self.most, len(self._now))
        return concern


def _repeated(concern: Concern, times: int) -> None:
    """So many others like this one, but for what names a row."""
    own = {"id": None, "submission_id": "NULL", "ref": "gen_random_uuid()"}
    given = {
        field.column: own.get(field.column, field.column) for field in Concern._meta.local_fields
    }
    del given["id"]
    given["receipt"] = "'R-' || one"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO concerns_concern ({', '.join(given)}) SELECT {', '.join(given.values())}"  # noqa: S608
            " FROM concerns_concern, generate_series(1, %s) one WHERE id = %s",
            [times, concern.pk],
        )


@pytest.fixture
def many(db: None, monkeypatch: pytest.MonkeyPatch) -> Concern:
    """So many that they leave in several pieces: smaller ones than at work."""
    monkeypatch.setattr(exports, "PIECE", PIECE)
    monkeypatch.setattr(exports._InPieces, "block_size", PIECE)
    concern = received(missing_now=True)
    _repeated(concern, MANY - 1)
    return concern


def exported(agent: Agent) -> list[Trace]:
    with as_owner():
        return list(Trace.objects.filter(agent=agent, deed="concern.export", outcome="read"))


def test_every_row_leaves_without_being_held_and_is_counted(
    signed_in: Callable[[Agent], Client],
    nadia: Agent,
    many: Concern,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alive = Alive()
    monkeypatch.setattr(Concern, "from_db", alive.read)

    response = signed_in(nadia).get(reverse("concerns:export"), {"flag": "missing"})
    pieces = list(response.streaming_content)

    whole = b"".join(pieces)
    head, *rows = csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head[0] == "Numéro"
    assert {row[0] for row in rows} == {many.receipt} | {f"R-{one}" for one in range(1, MANY)}
    assert len(rows) == MANY
    assert int(response["Content-Length"]) == len(whole)
    assert max(map(len, pieces)) <= PIECE
    assert 0 < alive.most <= BATCH + 1
    (trace,) = exported(nadia)
    assert trace.detail["rows"] == MANY
    assert trace.detail["files"] == [str(many.case_file.ref)]


def test_what_a_cut_client_was_sent_is_counted_and_nothing_of_it_stays(
    signed_in: Callable[[Agent], Client],
    nadia: Agent,
    many: Concern,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files: list[Any] = []

    def kept(*how: Any, **named: Any) -> Any:
        files.append(SpooledTemporaryFile(*how, **named))  # noqa: SIM115 — closed by the answer
        return files[-1]

    monkeypatch.setattr("fanal.ground.privacy.exports.SpooledTemporaryFile", kept)
    response = signed_in(nadia).get(reverse("concerns:export"), {"flag": "missing"})
    assert len(next(response.streaming_content)) == PIECE

    # What a server does whose client is gone: it closes what it was going through.
    response._iterator.close()

    assert [file.closed for file in files] == [True]
    assert exported(nadia)[0].detail["rows"] == MANY


def test_a_stranger_is_sent_none_of_them(
    signed_in: Callable[[Agent], Client], paul: Agent, omar: Agent, many: Concern
) -> None:
    elsewhere = signed_in(paul).get(reverse("concerns:export"), {"flag": "missing"})

    assert elsewhere.content.decode("utf-8-sig").splitlines() == [
        "Numéro;Reçue le;Initiales;Commune;État;Objectif;Légal"
    ]
    assert exported(paul)[0].detail["rows"] == 0
    assert signed_in(omar).get(reverse("concerns:export")).status_code == 403
    assert exported(omar) == []
