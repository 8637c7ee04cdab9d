"""What is long where there are many texts, and the machine that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from fanal.engines.clustering.bands import Kinds, by_words
from fanal.engines.clustering.corpus import Corpus, Ints, read
from fanal.engines.clustering.pairs import Pairs
from fanal.engines.clustering.rarity import Measured


class Work(Protocol):
    """Whatever the machine, the same words, contacts and pairs, to the last bit."""

    def read(self, texts: Sequence[str], heard: Callable[[str], None]) -> Corpus:
        """The words and the contacts of these texts."""
        ...

    def by_words(self, measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
        """The pairs of texts of two groups whose words are alike."""
        ...


class Here:
    """This process."""

    def read(self, texts: Sequence[str], heard: Callable[[str], None]) -> Corpus:
        return read(texts, heard)

    def by_words(self, measured: Measured, groups: Ints, kinds: Kinds) -> Pairs:
        return by_words(measured, groups, kinds)
