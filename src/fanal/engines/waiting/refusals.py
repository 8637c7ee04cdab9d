"""What cannot be forecast, by a closed list of codes; never a NaN, never a huge number."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why there is no forecast. Codes are added, never renamed."""

    NO_QUARTER = "no_quarter"
    BAD_ARRIVALS = "bad_arrivals"
    BAD_PLACES = "bad_places"
    BAD_TIME = "bad_time"
    BAD_DOUBT = "bad_doubt"
    TOO_LARGE = "too_large"
    NEVER_STEADY = "never_steady"


class NoForecast(ValueError):
    """``message`` is French and says what to change."""

    def __init__(self, code: Code, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)
