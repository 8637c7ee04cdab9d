"""Who writes invented posts, and by what chance. Fiction numbers only."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from clustering_hiding import hide
from clustering_words import ENDINGS, LESSONS, LOOKS, NAMES, THINGS, TOWNS

FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
# So many blocks are of those who share no number with anybody, while there are numbers.
KEPT, LARGEST = 3, 80
Contact = tuple[str, str]
UNREAD = ("numéro sur la photo", "voir l'image", "contact en message privé", "par la messagerie")


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
