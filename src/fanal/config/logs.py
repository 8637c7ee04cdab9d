"""What goes wrong is written with its place and its kind, never with the words that it carries."""

from __future__ import annotations

import logging
import traceback
from enum import Enum
from types import TracebackType
from typing import Any

from django.views.debug import ExceptionReporter

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# Their sentences are written in a program, and what they speak of comes beside them.
OF_THE_HOUSE = ("fanal", "django")
# What a number or a word of a list can tell, the tags let everybody see.
_HARMLESS = (bool, int, float, Enum, type(None))


class Plain(str):
    """A text that the program wrote, and nobody typed: it may be logged."""

    __slots__ = ()


class Discreet(logging.Formatter):
    """
    The sentence that the program wrote; of what it speaks of, numbers and kinds alone.

    No value of a field goes further: a text, a day, a reference or a row is written as its kind,
    whatever its tag, for nobody could tell here where a text comes from. An exception is its class
    and its place: a message of PostgreSQL quotes the row that it refuses. A library of others may
    write what it handles into its sentence: only its place is kept.
    """

    def formatException(self, ei: Failure) -> str:  # noqa: N802 — the name is logging's
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])

    def format(self, record: logging.LogRecord) -> str:
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg, copy.args, copy.exc_text = _sentence(record), (), None
        return super().format(copy)


def _sentence(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in OF_THE_HOUSE:
        return f"({record.module}:{record.lineno})"
    if not isinstance(record.msg, str):
        return _kind(record.msg)
    try:
        return record.msg % _discreet(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _discreet(args: Any) -> Any:
    if isinstance(args, dict):
        return {name: discreet(value) for name, value in args.items()}
    return tuple(discreet(value) for value in args)


def discreet(value: object) -> object:
    """The value when it tells nothing of anybody, its kind otherwise."""
    return value if isinstance(value, (*_HARMLESS, Plain)) else _kind(value)


def _kind(value: object) -> str:
    return f"‹{type(value).__name__}›"


class DiscreetReport(ExceptionReporter):
    """Django's page or letter of an error: places and kinds, no local value and no request."""

    def __init__(
        self,
        request: object,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
        is_email: bool = False,
    ) -> None:
        super().__init__(None, exc_type, exc_value, tb, is_email=is_email)

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        # The clear words of the exception, and what surrounds a broken text.
        for told in ("exception_value", "unicode_hint", "template_info", "exception_notes"):
            data.pop(told, None)
        data["template_does_not_exist"] = False
        return data

    def get_traceback_frames(self) -> list[dict[str, Any]]:
        frames = super().get_traceback_frames()
        for frame in frames:
            frame["vars"] = [(name, "‹valeur›") for name, _ in frame["vars"]]
            cause = frame.get("exc_cause")
            frame["exc_cause"] = cause and type(cause).__qualname__
        return frames
