"""The helpline of the conversation's tests, which answers letters too, with a key to seal them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from ground.codes.conftest import quick
from helpline.chats.conftest import anouk, client, elsewhere, helpline, in_service, maya, tom

__all__ = ["anouk", "client", "elsewhere", "helpline", "in_service", "maya", "quick", "tom"]


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    """A service in service has keys of its own."""
    path = tmp_path / "root.hex"
    path.write_text("5a" * 32, encoding="ascii")
    settings.FANAL_KEY_KEEPER, settings.FANAL_KEY_FILE = "file", str(path)
