"""What is sealed: in the database, moved, altered, locked, and under a new key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from factories import ConcernFactory, InformantFactory
from fanal.detect.concerns.models import Concern, Evaluation, Informant
from fanal.ground.privacy.sealing import rotation
from fanal.ground.privacy.sealing.chosen import keys_are_open, next_key, sealing_key
from fanal.ground.privacy.sealing.envelope import (
    MAGIC,
    Place,
    is_sealed,
    key_of,
    padded,
    rewrap,
    seal,
    unpadded,
    unseal,
)
from fanal.ground.privacy.sealing.fields import (
    Sealed,
    SealedElsewhere,
    SealedTextField,
    sealed_fields,
)
from fanal.ground.privacy.sealing.keepers import LocalKeeper
from fanal.ground.privacy.sealing.keys import KeysAbsent, KeysLocked, RootKey, Unopenable
from fanal.ground.privacy.sealing.rotation import counts, seal_what_is_clear, wrap_again
from rows import as_owner

NAME = "Berthe Inventée-Cachée"
PLACE = Place("t", "c", "1")
ROOT = RootKey(b"r" * 32)
UNWRAP = LocalKeeper((ROOT,)).unwrap


@pytest.fixture
def informant(db: None) -> Iterator[Informant]:
    with as_owner():
        concern = ConcernFactory()
        Informant.objects.filter(concern=concern).delete()
        yield Informant.objects.create(
            case_file=concern.case_file,
            concern=concern,
            kind="school",
            name=NAME,
            function="infirmière",
            contact="03 00 00 00 00",
        )


def stored(row: models.Model, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s",  # noqa: S608
            [row.pk],
        )
        return bytes(cursor.fetchone()[0])


def write(row: models.Model, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = %s WHERE {row._meta.pk.column} = %s",  # noqa: S608
            [value, row.pk],
        )


@given(text=st.binary(max_size=9000))
def test_what_is_sealed_is_given_back_and_its_length_says_little(text: bytes) -> None:
    sealed = seal(text, place=PLACE, key=ROOT.public(1))
    assert unseal(sealed, place=PLACE, unwrap=UNWRAP) == text
    assert unpadded(padded(text)) == text
    assert len(padded(text)) in {64, 128, 256, 512, 1024, 2048, 4096, 8192, 12288}
    assert len(text) < 8 or text not in sealed


@given(data=st.data())
def test_one_altered_byte_is_always_seen(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"secret", place=PLACE, key=ROOT.public(1)))
    where = data.draw(st.integers(0, len(sealed) - 1))
    sealed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Unopenable, KeysLocked)):
        unseal(bytes(sealed), place=PLACE, unwrap=UNWRAP)


@pytest.mark.parametrize(
    "place", [Place("u", "c", "1"), Place("t", "d", "1"), Place("t", "c", "2")]
)
def test_a_value_carried_elsewhere_does_not_open(place: Place) -> None:
    sealed = seal(b"secret", place=PLACE, key=ROOT.public(1))
    with pytest.raises(Unopenable):
        unseal(sealed, place=place, unwrap=UNWRAP)
    with pytest.raises(Unopenable):
        rewrap(sealed, place=place, unwrap=UNWRAP, key=ROOT.public(2))


def test_wrapping_again_changes_the_key_and_leaves_the_text() -> None:
    sealed = seal(b"secret", place=PLACE, key=ROOT.public(1))
    again = rewrap(sealed, place=PLACE, unwrap=UNWRAP, key=ROOT.public(2))
    assert key_of(again).generation == 2
    assert again[-90:] == sealed[-90:]
    assert unseal(again, place=PLACE, unwrap=UNWRAP) == b"secret"


def test_a_row_is_written_sealed_and_read_clear(informant: Informant) -> None:
    assert stored(informant, "name").startswith(MAGIC)
    again = Informant.objects.get(pk=informant.pk)
    assert str(again.__dict__["name"]) == "‹scellé›"
    assert (again.name, again.function) == (NAME, "infirmière")
    assert Informant.objects.only("pk").get(pk=informant.pk).name == NAME
    again.name = "Autre Inventée"
    again.save()
    assert Informant.objects.get(pk=informant.pk).name == "Autre Inventée"


def test_what_was_not_read_is_saved_as_it_was(informant: Informant) -> None:
    before = stored(informant, "contact")
    row = Informant.objects.get(pk=informant.pk)
    row.kind = "health"
    row.save()
    assert stored(informant, "contact") == before


def test_a_sealed_value_follows_no_copy_no_update_and_no_search(informant: Informant) -> None:
    row = Informant.objects.get(pk=informant.pk)
    row.pk, row._state.adding = None, True
    with pytest.raises(SealedElsewhere), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(SealedElsewhere), transaction.atomic():
        Informant.objects.filter(pk=informant.pk).update(name="clair")
    with pytest.raises(FieldError):
        Informant.objects.filter(name=NAME).exists()
    (value,) = Informant.objects.filter(pk=informant.pk).values_list("name", flat=True)
    assert isinstance(value, Sealed)
    Informant.objects.filter(pk=informant.pk).update(name="")
    assert Informant.objects.get(pk=informant.pk).name == ""


def test_a_value_moved_to_another_row_or_column_does_not_open(informant: Informant) -> None:
    write(informant, "function", stored(informant, "name"))
    with pytest.raises(Unopenable):
        _ = Informant.objects.get(pk=informant.pk).function
    other = InformantFactory()
    write(other, "name", stored(informant, "name"))
    with pytest.raises(Unopenable):
        _ = Informant.objects.get(pk=other.pk).name


def test_locked_a_server_goes_on_receiving_and_reads_nothing(
    informant: Informant, settings: Any, tmp_path: Path
) -> None:
    from fanal.ground.privacy.sealing.keyring import add_key

    add_key(tmp_path / "k.json", sealing_key())
    settings.FANAL_KEYRING = tmp_path / "k.json"
    settings.FANAL_KEY_KEEPER = "none"
    assert not keys_are_open()
    row = Informant.objects.get(pk=informant.pk)
    with pytest.raises(KeysLocked, match="Les clés ne sont pas ouvertes"):
        _ = row.name
    row.name = "Arrivée La Nuit"
    row.save()
    assert is_sealed(stored(informant, "name"))
    settings.FANAL_KEY_KEEPER = "demonstration"
    assert Informant.objects.get(pk=informant.pk).name == "Arrivée La Nuit"


def test_before_any_ceremony_nothing_is_sealed(
    settings: Any, tmp_path: Path, informant: Informant
) -> None:
    settings.FANAL_KEYRING, settings.FANAL_KEY_KEEPER = tmp_path / "none.json", "agent"
    informant.name = "x"
    with pytest.raises(KeysAbsent), transaction.atomic():
        informant.save()


def test_text_from_before_the_column_was_sealed_is_read_then_sealed(informant: Informant) -> None:
    for column in ("name", "function"):
        write(informant, column, NAME.encode())
    assert Informant.objects.get(pk=informant.pk).name == NAME
    assert counts(using="default")["concerns.Informant.name"][""] == 1

    assert seal_what_is_clear(using="default") >= 2
    assert seal_what_is_clear(using="default") == 0

    assert is_sealed(stored(informant, "name"))
    assert Informant.objects.get(pk=informant.pk).name == NAME
    assert "" not in counts(using="default")["concerns.Informant.name"]


def test_the_keys_rotate_in_batches_and_go_on_where_they_stopped(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FANAL_KEYRING = tmp_path / "keyring.json"
    monkeypatch.setattr(rotation, "BATCH", 2)
    with as_owner():
        concerns = [ConcernFactory() for _ in range(5)]
        Informant.objects.filter(concern__in=concerns).delete()
        rows = [
            Informant.objects.create(
                case_file=one.case_file, concern=one, kind="school", name=f"N{one.pk}", contact="c"
            )
            for one in concerns
        ]
        old, new = sealing_key(), next_key()
        real, cut = rotation._write, []

        def stops(*args: object) -> int:
            cut.append(1)
            if len(cut) == 4:
                raise KeyboardInterrupt
            return real(*args)

        monkeypatch.setattr(rotation, "_write", stops)
        with pytest.raises(KeyboardInterrupt):
            wrap_again(using="default")
        # Half done: both keys read.
        halfway = counts(using="default")["concerns.Informant.name"]
        assert halfway.keys() == {str(old.id), str(new.id)}
        assert [Informant.objects.get(pk=row.pk).name for row in rows] == [row.name for row in rows]

        # Somebody writes while it goes on: under the new key already, and it is left alone.
        rows[-1].name = "Écrit entre-temps"
        rows[-1].save()
        wrap_again(using="default")

        for column, keys in counts(using="default").items():
            assert keys.keys() <= {str(new.id)}, column
        assert Informant.objects.get(pk=rows[-1].pk).name == "Écrit entre-temps"
        assert Informant.objects.get(pk=rows[0].pk).name == rows[0].name
        assert wrap_again(using="default") == 0


def test_every_health_note_and_every_informant_is_sealed() -> None:
    from fanal.ground.privacy.registry import fields_tagged
    from fanal.ground.privacy.terms import Tag

    bare = {
        f"{model._meta.label}.{name}"
        for model, name in fields_tagged(Tag.HEALTH, Tag.INFORMANT)
        if name not in {field.name for field in sealed_fields() if field.model is model}
    }
    # What kind of person alerted is a choice of a list; who added facts is the agent of a receipt.
    assert bare == {
        "concerns.Informant.kind",
        "concerns.Addition.agent",
        "watch.LodgingAlert.writer",
    }


def test_every_draft_and_whoever_asks_for_their_rights_is_sealed() -> None:
    sealed = {f"{field.model._meta.label}.{field.name}" for field in sealed_fields()}
    assert sealed >= {
        "concerns.Draft.content",
        "rights.RightsRequest.asker_name",
        "rights.RightsRequest.asker_contact",
        "rights.RightsRequest.letter",
    }


def test_an_anchor_that_tells_no_row_is_refused() -> None:
    field = SealedTextField(anchor="kind")
    field.set_attributes_from_name("x")
    field.model = Informant
    assert [one.id for one in field.check()] == ["privacy.E001"]
    assert Evaluation._meta.get_field("health_and_school").check() == []
    assert Concern._meta.get_field("facts").check() == []
