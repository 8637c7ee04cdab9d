"""What goes wrong is written with its place and its kind, never with the words that it carries."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """
    Where and of which class an exception was, without its message.

    A message of PostgreSQL quotes the row that it refuses, and an address carries references.
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
        if record.exc_info:
            copy = logging.makeLogRecord(record.__dict__)
            copy.msg, copy.args, copy.exc_text = "échec", (), None
            return super().format(copy)
        return super().format(record)
