"""One step at a time through the words of a string."""

from __future__ import annotations

from fanal.engines.hours.tokens import Kind, Token


class Walk:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._place]

    @property
    def after(self) -> Token:
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    def ended(self) -> bool:
        return self.here.kind is Kind.END

    def step(self) -> Token:
        token = self.here
        if not self.ended():
            self._place += 1
        return token

    def took(self, text: str) -> bool:
        """Step over this word or sign, if it is the next one."""
        there = self.here.kind in (Kind.WORD, Kind.SIGN) and self.here.text == text
        if there:
            self._place += 1
        return there
