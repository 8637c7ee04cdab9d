"""Invented writers: sentences of one's own, towns and prices that change, a number."""

from __future__ import annotations

import random

from fanal.engines.clustering.reading import Texts

BEGUN = ("ba", "ko", "ri", "tu", "mé")
ENDED = ("lane", "vier", "stone", "quet", "rdin", "llou", "cade", "tule", "risse", "phore", "gnet")
WORDS = [one + other for one in BEGUN for other in ENDED]
TOWNS = ("Brest", "Lens", "Pau", "Niort", "Gap", "Albi")


def posts(seed: int, writers: int, each: int) -> list[str]:
    """``each`` posts of each writer, mixed by chance."""
    drawing = random.Random(seed)  # noqa: S311
    told = []
    for writer in range(writers):
        own = [" ".join(drawing.sample(WORDS, 6)) for _ in range(4)]
        for _ in range(each):
            said = drawing.sample(own, 3)
            told.append(
                f"{'. '.join(said)} à {drawing.choice(TOWNS)}, {drawing.randrange(10, 99)} euros, "
                f"tél 06 39 98 {writer:02} 00"
            )
    drawing.shuffle(told)
    return told


def named(said: list[str], first: int = 0) -> Texts:
    return Texts(tuple(f"p{first + place}" for place in range(len(said))), tuple(said))
