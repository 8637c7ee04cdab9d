"""The read interface, and files of other formats: nothing of another tier goes out or comes in."""

from __future__ import annotations

import json
import stat
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from fanal.config.commands import spaces as commands
from fanal.ground.audit.models import Trace
from fanal.prevent.spaces.formats import hsds
from fanal.prevent.spaces.formats.files import records_of, written
from fanal.prevent.spaces.formats.record import Unreadable, record_of
from fanal.prevent.spaces.models import Service
from fanal.prevent.spaces.queries import public_services
from fanal.prevent.spaces.terms import Tier
from fanal.prevent.spaces.use_cases import import_records
from past import past
from prevent.spaces.places import NOON, ServiceFactory, starting_directory

pytestmark = pytest.mark.django_db
LIST = reverse("spaces:hsds_services")


def test_every_public_service_is_read_once_and_no_other(client: Client) -> None:
    starting_directory()
    wanted = {str(one.ref) for one in past(Service) if one.tier == Tier.PUBLIC}
    read: list[str] = []
    number, last = 1, False
    while not last:
        page = client.get(LIST, {"page": number, "per_page": 100}).json()
        read += [one["id"] for one in page["contents"]]
        number, last = number + 1, page["last_page"]
    assert len(read) == page["total_items"]
    assert set(read) == wanted
    assert len(read) == len(wanted)


def test_one_service_is_read_and_a_hidden_one_does_not_exist(client: Client) -> None:
    public, hidden = ServiceFactory(), ServiceFactory(tier=Tier.HIDDEN)
    address = reverse("spaces:hsds_service", args=[public.ref])
    assert hsds.read(client.get(address).json()).name == public.name
    assert client.get(reverse("spaces:hsds_service", args=[hidden.ref])).status_code == 404
    assert client.get(reverse("spaces:hsds")).json()["version"] == "3.0"


def test_a_file_shows_nothing_new_and_confirms_nothing() -> None:
    service = ServiceFactory(phone="03 20 00 00 00", verified={"phone": "2026-11-20"})
    ours = record_of(service)
    said = replace(ours, phone="03 20 99 99 99", website="https://neuf.invalid")
    stranger = replace(ours, ref=ServiceFactory.build().ref, name="Lieu d’ailleurs")
    done = import_records([said, stranger], now=NOON)
    assert (done.added, done.changed, done.refused) == (1, 1, ())
    kept = past(Service).get(ref=service.ref)
    assert (kept.phone, kept.website) == ("03 20 00 00 00", "https://neuf.invalid")
    new = past(Service).get(name="Lieu d’ailleurs")
    assert (new.tier, new.verified, new.verified_on) == (Tier.HIDDEN, {}, None)
    assert public_services().count() == 1
    assert import_records([said, stranger], now=NOON).unchanged == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("audiences", ()),
        ("commune", "99999"),
        ("departement", "99"),
        ("website", "javascript:alert(1)"),
        ("latitude", None),
        ("phone", "0" * 31),
    ],
)
def test_a_record_that_cannot_be_kept_says_which_field(field: str, value: object) -> None:
    read = replace(record_of(ServiceFactory()), **{field: value})  # type: ignore[arg-type]
    (refused,) = import_records([read], now=NOON).refused
    assert (refused.line, refused.column) == (1, field)


@pytest.mark.parametrize("wanted", ["hsds", "data-inclusion"])
def test_a_whole_file_is_written_and_read_again(tmp_path: Path, wanted: str) -> None:
    starting_directory()
    file = tmp_path / "lieux.json"
    file.write_text(json.dumps(written(wanted, on=NOON.date())), encoding="utf-8")
    wanted_records = [record_of(one) for one in public_services().order_by("pk")]
    assert records_of(file) == wanted_records
    done = import_records(records_of(file), now=NOON)
    assert (done.added, done.refused) == (0, ())


@pytest.mark.parametrize("text", ["", "{", "3", "{}", "[3]", '[{"nom": "Lieu"}]', "[" * 100_000])
def test_a_file_that_is_no_directory_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lieux.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        records_of(file)


@pytest.mark.parametrize("wanted", ["hsds", "data-inclusion"])
def test_the_whole_directory_goes_to_a_file_that_its_owner_alone_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setattr(commands, "open_database", lambda: nullcontext(lambda said: None))
    ServiceFactory(name="Lieu caché", tier=Tier.HIDDEN, phone="03 20 00 00 00")
    shown = CliRunner().invoke(commands.export_them, ["--format", wanted])
    assert "Lieu caché" not in shown.output
    file = tmp_path / "tout.json"
    told = CliRunner().invoke(commands.export_them, ["--format", wanted, "--whole", str(file)])
    assert told.exit_code == 0
    assert "Lieu caché" not in told.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (read,) = records_of(file)
    assert (read.name, read.phone) == ("Lieu caché", "03 20 00 00 00")
    assert past(Trace).get(deed="directory.export").detail == {"rows": 1}
