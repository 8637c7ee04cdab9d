"""The kinds of value that a concern is made of, and the rule of every object in it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from fanal.detect.concerns.schema.dates import parse_day, parse_moment
from fanal.detect.concerns.schema.text import tidy

AuthorKind = Literal[
    "helpline", "school", "health", "police", "association", "family", "child_welfare", "other"
]
Sex = Literal["F", "M", "X", "unknown"]
YesNo = Literal["yes", "no"]
Exploitation = Literal["none", "suspected", "confirmed"]

# INSEE: two signs for the département (2A and 2B in Corsica), three for the commune.
COMMUNE = re.compile("[0-9][0-9AB][0-9]{3}")


def _tidied(longest: int, *, lines: bool, optional: bool) -> Callable[[Any], Any]:
    def tidied(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        kept = tidy(text, longest=longest, lines=lines)
        if not kept and not optional:
            raise PydanticCustomError("blank", "Ce champ est vide : complétez-le.")
        return kept or None

    return tidied


def _required(longest: int, *, lines: bool = False) -> tuple[Any, Any]:
    return (
        Field(min_length=1, max_length=longest),
        BeforeValidator(_tidied(longest, lines=lines, optional=False)),
    )


def _optional(longest: int, *, lines: bool = False) -> tuple[Any, Any]:
    return (
        Field(max_length=longest),
        BeforeValidator(_tidied(longest, lines=lines, optional=True)),
    )


Reference = Annotated[str, *_required(200)]
Words = Annotated[str, *_required(200)]
WordsOrNone = Annotated[str | None, *_optional(200)]
Lines = Annotated[str, *_required(500, lines=True)]
LinesOrNone = Annotated[str | None, *_optional(500, lines=True)]
ReasonOrNone = Annotated[str | None, *_optional(2_000, lines=True)]
Narrative = Annotated[str, *_required(20_000, lines=True)]
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
Day = Annotated[date, BeforeValidator(parse_day)]
AgeEstimate = Annotated[int, Field(ge=0, le=17)]


class Strict(BaseModel):
    """No unknown key, no value of another type; null says the same as an absent field."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            key: value
            for key, value in data.items()
            if value is not None or key not in cls.model_fields
        }
