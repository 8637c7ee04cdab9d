"""A contact point of the Nord (`hugo`), one of the Bouches-du-Rhône (`lena`), keys to seal with."""

from __future__ import annotations

import pytest

from detect.watch.telling import reader
from fanal.ground.agents.models import Agent
from ground.codes.conftest import quick
from helpline.letters.conftest import keys

__all__ = ["keys", "quick"]


@pytest.fixture
def hugo(db: None) -> Agent:
    return reader("59")


@pytest.fixture
def lena(db: None) -> Agent:
    return reader("13")
