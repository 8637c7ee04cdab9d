"""Ways of writing invented once the engine was made: what was never thought of must hold too."""

from __future__ import annotations

import random
import unicodedata

from clustering_drawing import Contact, Drawing, Voice
from clustering_words import (
    ABROAD,
    LOOKS,
    MANNERS,
    OBJECTS,
    OPENINGS,
    SUBJECTS,
    TERMS,
    THOUGHTS,
    VERBS,
)  # fmt: skip
from clustering_worlds import EMOJI, Story

SOLD, LONG = 6, 9


class FewWords(Voice):
    """Six to ten words in any order, a number, and sometimes a name: the contact says who it is."""

    needs_contact = True

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones = self.phones[:1]
        self.words = [self.chance.choice(LOOKS), self.chance.choice(MANNERS)]

    def body(self) -> str:
        said = [*self.words, "{thing}", "{town}"]
        self.chance.shuffle(said)
        return " ".join(said[self.chance.randrange(2) :])


class Terms(Voice):
    """Two sentences of one's own, and terms of sale that a fifth of all writers copy."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.own = [_sentence(self.chance) for _ in range(3)]
        self.terms = self.chance.choice(TERMS)

    def body(self) -> str:
        own = ". ".join(self.chance.sample(self.own, 2))
        return f"{{thing}}, {{price}} euros. {own}. {'. '.join(self.terms)}"


class Shouted(Story):
    """Capitals without accents, and as many signs as words."""

    def body(self) -> str:
        words = super().body().split(" ")
        return " ".join(
            word if "{" in word else f"{_bare(word)} {self.chance.choice(EMOJI)}" for word in words
        )


class ThreeLanguages(Voice):
    """Five or six sentences of one's own, in three languages; any three or four of them a time."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.own = [_sentence(self.chance) for _ in range(2)]
        for tongue in ABROAD:
            some = self.chance.randint(1, 2)
            self.own += [" ".join(self.chance.choice(part) for part in tongue) for _ in range(some)]

    def body(self) -> str:
        said = self.chance.sample(self.own, self.chance.randint(3, len(self.own) - 1))
        return f"{{thing}} / {{town}} / {{price}} €. {'. '.join(said)}"


class Bought(Voice):
    """One of six long texts that were sold to all, each post in other wordings of it."""

    needs_contact = True

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones = self.phones[:1]
        source = random.Random(self.chance.randrange(SOLD))
        self.text = [source.choice(OPENINGS), *source.sample(THOUGHTS, LONG)]

    def body(self) -> str:
        return ". ".join(self.chance.choice(one) for one in self.text)


class Renamed(Story):
    """A story; the number is a new one every four posts or so, given once with the last."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones, self.others = [drawing.phone(alone=False)], []

    def contacts(self) -> list[Contact]:
        if self.chance.random() < 0.25:
            self.phones.append(self.drawing.phone(alone=False))
            return self.phones[-2:]
        return self.phones[-1:]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, MANNERS))


def _bare(word: str) -> str:
    """A word in capitals, without accents."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(one for one in apart if not unicodedata.combining(one)).upper()


UNSEEN: dict[str, type[Voice]] = {
    "few words": FewWords,
    "copied terms": Terms,
    "shouted": Shouted,
    "three languages": ThreeLanguages,
    "bought texts": Bought,
    "renamed": Renamed,
}
