"""The helpline of the conversation's tests, where blocks are set, and letters come in too."""

from helpline.letters.conftest import (
    anouk,
    elsewhere,
    helpline,
    in_service,
    keys,
    maya,
    quick,
    tom,
)

__all__ = ["anouk", "elsewhere", "helpline", "in_service", "keys", "maya", "quick", "tom"]
