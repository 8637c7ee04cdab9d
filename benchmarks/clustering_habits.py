"""Habits of writers that no voice has, each seen to mislead a reader of posts."""

from __future__ import annotations

from clustering_drawing import Contact, Drawing, Voice
from clustering_worlds import Phrases, Story

OFFICES = ("0465719001", "0465719002", "0465719003")


class Office(Phrases):
    """Everybody's phrases; four posts in ten give nothing but the number of an office."""

    def contacts(self) -> list[Contact]:
        if self.chance.random() < 0.4:
            return [("phone", self.chance.choice(OFFICES))]
        return super().contacts()

    def body(self) -> str:
        return f"{super().body()}, standard ou portable"


class Turning(Phrases):
    """Everybody's phrases, and four to six numbers that are never given together."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones = [drawing.phone(alone=False) for _ in range(self.chance.randint(4, 6))]
        self.others = []


class Apart(Story):
    """A story, some of its words written letter by letter."""

    def body(self) -> str:
        return " ".join(self._apart(word) for word in super().body().split(" "))

    def _apart(self, word: str) -> str:
        if not word.isalpha() or self.chance.random() > 0.2:
            return word
        return self.chance.choice((" ", ".")).join(word)


class Cut(Story):
    """A story that is cut anywhere after its first third, one time in four."""

    unread = 0.0

    def body(self) -> str:
        text = super().body()
        if self.chance.random() < 0.25:
            return f"{{contact}}. {text[: self.chance.randint(len(text) // 3, len(text))]}"
        return text


HABITS: dict[str, type[Voice]] = {
    "an office's number": Office,
    "numbers in turn": Turning,
    "words apart": Apart,
    "cut": Cut,
}
