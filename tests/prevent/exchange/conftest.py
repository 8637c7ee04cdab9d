"""The helpline of the conversation's tests moderates questions too, with a key to seal them."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ground.codes.conftest import quick
from helpline.chats.conftest import anouk, elsewhere, helpline, in_service, maya, tom
from helpline.letters.conftest import keys

__all__ = ["anouk", "elsewhere", "helpline", "in_service", "keys", "maya", "quick", "tom"]


@pytest.fixture(autouse=True)
def day_and_night(settings: Settings) -> None:
    settings.FANAL_EXCHANGE_HOURS = "24/7"
