"""What the house refuses: one family of errors, each with a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What was refused while a request runs, for its trace; None when nobody notes.
_noted: ContextVar[list[str] | None] = ContextVar("noted", default=None)


@contextmanager
def noting_refusals() -> Iterator[list[str]]:
    """Inside, each refusal adds its name: one that a form turned into a message is known too."""
    noted: list[str] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


class Refusal(Exception):
    """An act that the rules refuse. ``message`` is French and says what to do."""

    message = "Cette action n'est pas possible."

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)
        noted = _noted.get()
        if noted is not None:
            noted.append(type(self).__name__)


class NotVisible(Refusal):
    """The thing does not exist, or is not this agent's to see: the answer is the same."""

    message = "Cette page n'existe pas, ou ne vous est pas ouverte."
