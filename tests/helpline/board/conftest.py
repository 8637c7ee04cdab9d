import pytest

from helpline.calls.conftest import phone
from helpline.chats.conftest import anouk, elsewhere, helpline, in_service, maya, tom

__all__ = ["anouk", "elsewhere", "helpline", "in_service", "maya", "phone", "tom"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What was reckoned for one test is not told to another."""
    from fanal.helpline.board import calculations

    calculations._forecast.cache_clear()
