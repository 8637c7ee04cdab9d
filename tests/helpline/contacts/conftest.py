import pytest
from pytest_django import Settings

from helpline.chats.conftest import anouk, elsewhere, helpline, maya, tom

__all__ = ["anouk", "elsewhere", "helpline", "maya", "tom"]


@pytest.fixture(autouse=True)
def open_day_and_night(settings: Settings) -> None:
    settings.FANAL_CHAT_HOURS = "24/7"
