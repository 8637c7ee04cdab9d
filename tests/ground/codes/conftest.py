from __future__ import annotations

import pytest

from fanal.ground.codes import hashing
from fanal.ground.codes.hashing import Cost


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow digest, as cheap as it can be: what it costs is measured elsewhere."""
    monkeypatch.setattr(hashing, "COST", Cost(iterations=1, lanes=1, kibibytes=8))
