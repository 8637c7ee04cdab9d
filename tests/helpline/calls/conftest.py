import pytest
from pytest_django import Settings

from fanal.helpline.calls.lines import NullLine
from fanal.helpline.calls.use_cases import hearing
from helpline.chats.conftest import anouk, elsewhere, helpline, maya, tom

__all__ = ["anouk", "elsewhere", "helpline", "maya", "tom"]


@pytest.fixture
def phone(settings: Settings) -> NullLine:
    """A telephone that the test makes ring."""
    return NullLine(hearing)


@pytest.fixture(autouse=True)
def without_a_second_factor(settings: Settings) -> None:
    """Keys of sealed columns are those of the demonstration too."""
    settings.FANAL_SERVICE = ""
