"""What services do to the name, the date and the number that they write down."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from itertools import cycle

LETTERS = "abcdefghijklmnoprstuv"
# Blocks that the regulator keeps for fiction (ARCEP).
BLOCKS = ("019900", "026191", "035301", "046571", "053649", "063998")
# How one clerk hears what another reads.
HEARD = (
    ("ou", "u"), ("k", "c"), ("c", "k"), ("ph", "f"), ("f", "ph"), ("y", "i"), ("i", "y"),
    ("ss", "s"), ("s", "ss"), ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("ch", "sh"),
    ("sh", "ch"), ("dj", "j"), ("j", "dj"), ("w", "ou"), ("h", ""), ("qu", "k"), ("z", "s"),
    ("é", "e"), ("è", "e"), ("ë", "e"), ("ï", "i"), ("eau", "o"), ("au", "o"), ("ai", "e"),
    ("th", "t"),
)  # fmt: skip


def typed(text: str, chance: random.Random) -> str:
    """One slip of the fingers: two letters exchanged, one lost, one for another."""
    if len(text) < 3:
        return text
    place, kind = chance.randrange(1, len(text)), chance.random()
    before, letter, after = text[:place], text[place], text[place + 1 :]
    if kind < 0.38 and after:
        return before + after[0] + letter + after[1:]
    return before + after if kind < 0.69 else before + chance.choice(LETTERS) + after


def inserted(text: str, chance: random.Random) -> str:
    """One letter too many, often a doubled one."""
    place = chance.randrange(len(text) + 1)
    near = text[place - 1 : place].lower() if chance.random() < 0.6 else chance.choice(LETTERS)
    return text[:place] + near + text[place:]


def heard(text: str, chance: random.Random) -> str:
    """The same name as another ear spells it; left as it is when no rule applies."""
    small = text.lower()
    rules = [(group, other) for group, other in HEARD if group in small]
    if not rules:
        return text
    group, other = chance.choice(rules)
    place = small.index(group)
    spelled = text[:place] + other + text[place + len(group) :]
    return spelled[:1].upper() + spelled[1:]


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def phones(chance: random.Random) -> Iterator[str]:
    """Numbers kept for fiction, each once; there are 60,000, then they come round again."""
    numbers = [f"{block}{rest:04d}" for block in BLOCKS for rest in range(10_000)]
    chance.shuffle(numbers)
    return cycle(numbers)


def birth(chance: random.Random, first: int, last: int) -> tuple[int, int, int]:
    return chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28)


def written(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"
