"""
Invented corpora of posts with the campaign of each: seven ways of writing, none of them the ones
that the engine's thresholds were chosen on. Fiction numbers only.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field

from clustering_hiding import hide
from clustering_words import (
    ENDINGS,
    FOREIGN,
    LESSONS,
    LOOKS,
    MANNERS,
    NAMES,
    OBJECTS,
    OPENINGS,
    SKELETONS,
    SUBJECTS,
    THINGS,
    THOUGHTS,
    TOWNS,
    VERBS,
)  # fmt: skip

FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
# So many blocks are of those who share no number with anybody, while there are numbers.
KEPT, LARGEST = 3, 80
Contact = tuple[str, str]
ALIKE = str.maketrans("aceopx", "асеорх")
UNREAD = ("numéro sur la photo", "voir l'image", "contact en message privé", "par la messagerie")
MARKET = ("link", "exemple.fr/marche")
EMOJI = ("🚲", "🪑", "🎸", "⭐", "📦", "✅", "🔧", "🌿")


@dataclass(frozen=True, slots=True)
class Post:
    """``campaign``: negative for a post alone. ``contacts``: what it says, as it should be read."""

    campaign: int
    text: str
    contacts: frozenset[Contact]


@dataclass(slots=True)
class Drawing:
    """One run of chance. ``alone``: nobody else has the number; else it happens, as in a city."""

    chance: random.Random
    used: set[str] = field(default_factory=set)
    drawn: int = 0

    def phone(self, *, alone: bool) -> Contact:
        blocks = FICTION[:KEPT] if alone else FICTION[KEPT:]

        def draw() -> str:
            return f"{self.chance.choice(blocks)}{self.chance.randrange(10_000):04}"

        self.drawn += alone
        few = self.drawn < len(blocks) * 9_000
        return "phone", self._new(draw) if alone and few else draw()

    def other(self) -> Contact:
        kind = self.chance.choices(("handle", "mail", "link"), (6, 1, 1))[0]
        stem = self.chance.choice(("bois", "velo", "atelier", "brico", "jardin", "deco"))
        sign = self.chance.choice("_.")
        site = self.chance.choice(("exemple.fr", "exemple.com", "exemple.net"))
        written = {"handle": "{0}", "mail": "{0}@{1}", "link": "{1}/{0}"}[kind]
        return kind, self._new(
            lambda: written.format(f"{stem}{sign}{self.chance.randrange(100_000)}", site)
        )

    def _new(self, draw: Callable[[], str]) -> str:
        while (value := draw()) in self.used:
            pass
        self.used.add(value)
        return value

    def fill(self, text: str, **given: str) -> str:
        chosen = {
            "town": self.chance.choice(TOWNS),
            "name": self.chance.choice(NAMES),
            "look": self.chance.choice(LOOKS),
            "price": str(self.chance.randrange(10, 900)),
        } | given
        return text.format_map(chosen)


class Voice:
    """Whoever writes: what is always said, and how each post says it."""

    # Whether the contact alone says who writes.
    needs_contact = False
    unread = 0.04

    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.chance = drawing, drawing.chance
        phones, others = self.chance.choice((1, 1, 2, 3)), self.chance.choice((0, 0, 1, 2))
        self.phones = [drawing.phone(alone=self.needs_contact) for _ in range(phones)]
        self.others = [drawing.other() for _ in range(others)]
        self.thing = self.chance.choice(THINGS if self.chance.random() < 0.7 else LESSONS)

    def body(self) -> str:
        raise NotImplementedError

    def contacts(self) -> list[Contact]:
        given = [self.chance.choice(self.phones)]
        if self.others and self.chance.random() < 0.6:
            given.append(self.chance.choice(self.others))
        return given

    def post(self, campaign: int) -> Post:
        given = self.contacts()
        if not self.needs_contact and self.chance.random() < self.unread:
            given, written = [], self.chance.choice(UNREAD)
        else:
            written = " ".join(hide(*one, self.chance) for one in given)
        body = self.body()
        if "{contact}" not in body:
            body = f"{body}. {self.chance.choice(ENDINGS)}"
        text = self.drawing.fill(body, contact=written, thing=self.thing)
        return Post(campaign, text, frozenset(given))


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


VOICES: dict[str, type[Voice]] = {
    "phrases": Phrases,
    "skeleton": Skeleton,
    "paraphrase": Paraphrase,
    "stories": Story,
    "quoting": Quoting,
    "two languages": Abroad,
    "brief": Brief,
}


def world(voice: str, seed: int, posts: int, *, alone: float = 0.45) -> list[Post]:
    """``posts`` posts or a few more, that share of them alone, in an order drawn by chance."""
    drawing = Drawing(random.Random(f"{voice} {seed}"))
    kind = VOICES[voice]
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
