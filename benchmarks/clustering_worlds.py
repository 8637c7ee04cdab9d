"""
Invented corpora of posts with the campaign of each: nine ways of writing.

The engine was made on other draws of these, the first seeds; its figures are of seeds it never saw.
"""

from __future__ import annotations

import random
import string
from collections.abc import Mapping

from clustering_drawing import LARGEST, Contact, Drawing, Post, Voice
from clustering_words import (
    FOREIGN,
    HEADINGS,
    LOOKS,
    MANNERED,
    MANNERS,
    OBJECTS,
    OPENINGS,
    SELLERS,
    SKELETONS,
    SUBJECTS,
    SYNONYMS,
    THINGS,
    THOUGHTS,
    TRAITS,
    VERBS,
)  # fmt: skip

MARKET = ("link", "exemple.fr/marche")
ALIKE = str.maketrans("aceopx", "асеорх")
EMOJI = ("🚲", "🪑", "🎸", "⭐", "📦", "✅", "🔧", "🌿")


class Phrases(Voice):
    """Five of a few dozen phrases that everybody uses, in any order, one sometimes left out."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.opening = self.chance.choice(OPENINGS)[0]
        self.said = [one[0] for one in self.chance.sample(THOUGHTS, self.chance.randint(4, 6))]

    def body(self) -> str:
        said = self.said.copy()
        self.chance.shuffle(said)
        if self.chance.random() < 0.3:
            said.pop()
        return f"{self.opening}, {{price}} euros, {', '.join(said)}"


class Skeleton(Voice):
    """The same sentence as everybody, for one thing or three: the contact alone says who it is."""

    needs_contact = True

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones = self.phones[:1]
        self.things = self.chance.sample(THINGS, self.chance.choice((1, 1, 2, 3)))
        self.skeleton = self.chance.choice(SKELETONS)

    def body(self) -> str:
        self.thing = self.chance.choice(self.things)
        return self.skeleton


class Paraphrase(Voice):
    """The same thoughts, each post in its own words and order."""

    own = 0.6

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.opening = self.chance.choice(OPENINGS)
        self.thoughts = self.chance.sample(THOUGHTS, self.chance.randint(5, 7))
        self.look = self.chance.choice(LOOKS)

    def body(self) -> str:
        said = [self._worded(one) for one in self.thoughts]
        self.chance.shuffle(said)
        opening = self._worded(self.opening)
        return f"{opening} {self.look}, {self.chance.choice(('. ', ', ', ' ; ')).join(said)}"

    def _worded(self, wordings: tuple[str, ...]) -> str:
        return wordings[0] if self.chance.random() < self.own else self.chance.choice(wordings)


class Story(Voice):
    """Sentences of one's own, some left out or added, with misspellings and strange letters."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.sentences = [self._sentence() for _ in range(self.chance.randint(4, 7))]

    def _sentence(self) -> str:
        parts = [self.chance.choice(each) for each in (SUBJECTS, VERBS, OBJECTS, MANNERS)]
        if self.chance.random() < 0.5:
            parts.insert(0, parts.pop())
            parts[0] += ","
        return " ".join(parts)

    def body(self) -> str:
        said = self.sentences.copy()
        if self.chance.random() < 0.4:
            said.pop(self.chance.randrange(len(said)))
        if self.chance.random() < 0.3:
            said.insert(self.chance.randrange(len(said)), self._sentence())
        text = f"{{thing}} à {{town}}, {{price}} euros. {'. '.join(said)}"
        return " ".join(self._spelt(word) for word in text.split(" "))

    def _spelt(self, word: str) -> str:
        drawn = self.chance.random()
        if "{" in word or drawn > 0.12:
            return word
        if drawn < 0.03:
            return f"{word} {self.chance.choice(EMOJI)}"
        if drawn < 0.06:
            return word.upper()
        if drawn < 0.09:
            return word.translate(ALIKE)
        place = self.chance.randrange(len(word))
        return word[:place] + self.chance.choice(string.ascii_lowercase) + word[place + 1 :]


class Abroad(Paraphrase):
    """French with a sentence of another language in it."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.foreign = self.chance.sample(FOREIGN, 2)

    def body(self) -> str:
        return f"{super().body()}, {self.chance.choice(self.foreign)}"


class Brief(Voice):
    """Hardly more than the thing and the contact."""

    needs_contact = True

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.phones = self.phones[:1]
        self.look = self.chance.choice(LOOKS)

    def contacts(self) -> list[Contact]:
        market = [MARKET] if self.chance.random() < 0.33 else []
        return super().contacts() + market

    def body(self) -> str:
        orders = ("{thing} LOOK {price}€ {contact}", "{thing} {contact} LOOK {town}")
        return self.chance.choice(orders).replace("LOOK", self.look)


class Quoting(Story):
    """
    A story; one post in twenty also gives somebody else's number, and one in three the address of a
    market that nobody there owns.
    """

    met: list[Contact] = []

    def contacts(self) -> list[Contact]:
        given = super().contacts()
        if self.chance.random() < 0.33:
            given.append(MARKET)
        if self.met and self.chance.random() < 0.05:
            given.append(self.chance.choice(self.met))
        self.met.append(given[0])
        return given


class Listing(Voice):
    """What a thing is like, line by line in any order; some of it always the same, and a motto."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.own = {trait: self.chance.choice(values) for trait, values in TRAITS.items()}
        self.kept = set(self.chance.sample(sorted(self.own), self.chance.randint(2, 4)))
        self.heading = self.chance.choice(HEADINGS)
        manners = " et ".join(self.chance.choice(MANNERED) for _ in range(2))
        since = self.chance.randint(1990, 2024)
        self.motto = f"{self.chance.choice(SELLERS)} {manners}, depuis {since}"

    def body(self) -> str:
        lines = [
            f"{trait} : {self.own[trait] if trait in self.kept else self.chance.choice(values)}"
            for trait, values in TRAITS.items()
        ]
        lines += ["Prix : {price} €", "Lieu : {town}", f"Réf {self.chance.randint(100, 9999)}"]
        self.chance.shuffle(lines)
        lines = [f"• {line}" for line in lines[: self.chance.randint(5, 7)]]
        if self.chance.random() < 0.85:
            lines.append(self.motto)
        return "\n".join([f"{self.heading} : {{thing}}", *lines])


class Synonymous(Voice):
    """Sentences of one's own, most words often replaced by others that mean as much."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(drawing)
        self.own = [self.chance.choice(words) for words in SYNONYMS]
        self.sentences = [
            [self.chance.randrange(len(SYNONYMS)) for _ in range(self.chance.randint(5, 8))]
            for _ in range(self.chance.randint(3, 5))
        ]

    def body(self) -> str:
        said = [self._said(one) for one in self.sentences if self.chance.random() < 0.85]
        self.chance.shuffle(said)
        return f"{{thing}}, {{price}} euros. {'. '.join(said)}"

    def _said(self, sentence: list[int]) -> str:
        return " ".join(
            self.own[one] if self.chance.random() < 0.6 else self.chance.choice(SYNONYMS[one])
            for one in sentence
            if self.chance.random() < 0.92
        )


VOICES: dict[str, type[Voice]] = {
    "phrases": Phrases,
    "skeleton": Skeleton,
    "paraphrase": Paraphrase,
    "stories": Story,
    "quoting": Quoting,
    "two languages": Abroad,
    "brief": Brief,
    "lists": Listing,
    "synonyms": Synonymous,
}


def world(
    voice: str,
    seed: int,
    posts: int,
    *,
    alone: float = 0.45,
    kinds: Mapping[str, type[Voice]] = VOICES,
) -> list[Post]:
    """``posts`` posts or a few more, that share of them alone, in an order drawn by chance."""
    drawing = Drawing(random.Random(f"{voice} {seed}"))
    kind = kinds[voice]
    Quoting.met = []
    told = [kind(drawing).post(-1 - rank) for rank in range(int(alone * posts))]
    campaign = 0
    while len(told) < posts:
        writer = kind(drawing)
        size = min(LARGEST, int(drawing.chance.paretovariate(0.9)) + 1)
        told += [writer.post(campaign) for _ in range(size)]
        campaign += 1
    drawing.chance.shuffle(told)
    return told


def every_voice(seed: int, posts: int) -> list[Post]:
    """A corpus of all these writers together."""
    told: list[Post] = []
    apart = 0
    for voice in VOICES:
        some = world(voice, seed, posts // len(VOICES))
        told += [
            Post(one.campaign + (apart if one.campaign >= 0 else -apart), one.text, one.contacts)
            for one in some
        ]
        apart += len(some)
    random.Random(seed).shuffle(told)
    return told
