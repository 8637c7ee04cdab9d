"""A sealed file is read whole as it was written, or not at all."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.config.backups.keys import BadKey, NoKey, Secret, ShortPassphrase, new_key, secret_of
from fanal.config.backups.sealing import (
    CHUNK,
    MAGIC,
    TAG,
    Altered,
    NotABackup,
    SealedWriter,
    WrongKey,
    open_sealed,
)

SECRET = Secret("file", bytes(range(32)))
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK)


def _sealed(path: Path, content: bytes, pieces: int = 7000) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, SECRET)
        for start in range(0, len(content), pieces):
            writer.write(content[start : start + pieces])
        writer.close()
    return path


def _read(path: Path, secret: Secret = SECRET) -> bytes:
    return b"".join(open_sealed(path, secret))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_was_written_is_read(tmp_path: Path, length: int) -> None:
    content = os.urandom(length)

    assert _read(_sealed(tmp_path / "one", content)) == content


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_always_refused(
    tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    path = _sealed(tmp_path_factory.mktemp("flip") / "one", b"x" * (2 * CHUNK + 5))
    written = bytearray(path.read_bytes())
    written[int(place * len(written))] ^= 1 << bit
    path.write_bytes(written)

    with pytest.raises((Altered, NotABackup, WrongKey)):
        _read(path)


@settings(max_examples=40, deadline=None)
@given(kept=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_is_always_refused(
    tmp_path_factory: pytest.TempPathFactory, kept: float
) -> None:
    path = _sealed(tmp_path_factory.mktemp("cut") / "one", b"x" * (2 * CHUNK + 5))
    written = path.read_bytes()
    path.write_bytes(written[: int(kept * len(written))])

    with pytest.raises((Altered, NotABackup)):
        _read(path)


def test_a_file_cut_between_two_chunks_is_refused(tmp_path: Path) -> None:
    path = _sealed(tmp_path / "one", b"x" * (3 * CHUNK))
    written = path.read_bytes()
    path.write_bytes(written[: -(CHUNK + TAG)])

    with pytest.raises(Altered):
        _read(path)


def test_two_chunks_that_changed_places_are_refused(tmp_path: Path) -> None:
    path = _sealed(tmp_path / "one", b"a" * CHUNK + b"b" * CHUNK + b"c")
    written = path.read_bytes()
    start = written.index(b"\n", len(MAGIC)) + 1
    one, two = start + CHUNK + TAG, start + 2 * (CHUNK + TAG)
    path.write_bytes(written[:start] + written[one:two] + written[start:one] + written[two:])

    with pytest.raises(Altered):
        _read(path)


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    with pytest.raises(WrongKey):
        _read(_sealed(tmp_path / "one", b"x"), Secret("file", bytes(32)))


def test_a_file_that_was_not_closed_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "one").open("wb") as file:
        SealedWriter(file, SECRET).write(b"x" * (2 * CHUNK))

    with pytest.raises(Altered):
        _read(tmp_path / "one")


def test_a_passphrase_opens_what_it_sealed_and_nothing_is_written_in_clear(tmp_path: Path) -> None:
    secret = secret_of("une longue phrase de passe")
    with (tmp_path / "one").open("wb") as file:
        writer = SealedWriter(file, secret)
        writer.write(b"Emma Fictive")
        writer.close()

    assert _read(tmp_path / "one", secret) == b"Emma Fictive"
    assert b"Emma" not in (tmp_path / "one").read_bytes()
    with pytest.raises(WrongKey):
        _read(tmp_path / "one", secret_of("une autre phrase de passe"))
    with pytest.raises(ShortPassphrase):
        secret_of("courte")


def test_a_service_needs_a_key_and_a_key_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key"
    key.write_text(new_key(), encoding="ascii")
    key.chmod(0o644)
    monkeypatch.setenv("FANAL_SERVICE", "Service imaginé")
    monkeypatch.delenv("FANAL_BACKUP_KEY", raising=False)
    with pytest.raises(NoKey):
        secret_of(None)

    monkeypatch.setenv("FANAL_BACKUP_KEY", str(key))
    with pytest.raises(BadKey, match="chmod 600"):
        secret_of(None)

    key.chmod(0o600)
    assert len(secret_of(None).value) == 32
    key.write_text("pas une clé", encoding="utf-8")
    with pytest.raises(BadKey, match="32 octets"):
        secret_of(None)


def test_the_demonstration_keeps_a_key_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FANAL_BACKUP_KEY", raising=False)
    monkeypatch.delenv("FANAL_SERVICE", raising=False)
    monkeypatch.setenv("FANAL_STATE", str(tmp_path))

    assert secret_of(None) == secret_of(None)
    assert (tmp_path / "backup-key").stat().st_mode & 0o777 == 0o600
