"""What is kept outside of the database stays as it was first written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fanal.ground.audit.keeping import FolderKeeper, Seal, kept_seals


def test_a_seal_that_was_kept_is_never_written_over(tmp_path: Path) -> None:
    """Whatever the database is made to say since: it is compared with what stands there."""
    first = Seal(number=1, document="{}", root=bytes(32), stamp=None)
    keeper = FolderKeeper(tmp_path)
    keeper.keep_seal(first)
    keeper.keep_seal(replace(first, document='{"autre": 1}', root=b"\x01" * 32))
    assert kept_seals(tmp_path) == [first]
