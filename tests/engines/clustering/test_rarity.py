"""A likeness says how little chance explains it, whatever the corpus."""

from __future__ import annotations

import numpy as np
import pytest

from fanal.engines.clustering.carriers import tied
from fanal.engines.clustering.corpus import carried, read
from fanal.engines.clustering.rarity import Measured, distinctive, measure, persistence, rarity


def measured(texts: list[str]) -> Measured:
    corpus = read(texts)
    everyone = carried(corpus.contacts)
    rare, rows = rarity(corpus, everyone.first)
    words = distinctive(rare, rows, corpus.begins)
    return measure(rare, words, persistence(rare, words, tied(everyone, 1)[:2]))


def likeness(texts: list[str], one: int, other: int) -> float:
    ends = np.array([one], dtype=np.int32), np.array([other], dtype=np.int32)
    return float(measured(texts).likeness(*ends)[0])


def spelt(number: int) -> str:
    """A word of letters alone, for a number."""
    return "m" + "".join(chr(97 + int(digit)) for digit in str(number))


def drawn(texts: int, kinds: int, seed: int) -> list[str]:
    """Texts of fifteen words drawn one by one, each with a number of its own."""
    drawing = np.random.default_rng(seed)
    chances = 1 / np.arange(1, kinds + 1)
    rows = drawing.choice(kinds, size=(texts, 15), p=chances / chances.sum())
    return [
        f"{' '.join(spelt(word) for word in row)} 06 39 98 {place // 100:02} {place % 100:02}"
        for place, row in enumerate(rows.tolist())
    ]


@pytest.mark.parametrize("kinds", [30, 300, 3000])
def test_chance_gives_a_likeness_no_oftener_than_it_says(kinds: int) -> None:
    found = measured(drawn(1500, kinds, seed=kinds))
    ends = np.sort(np.random.default_rng(0).integers(0, 1500, (2, 100_000), dtype=np.int32), axis=0)
    ends = ends[:, ends[0] != ends[1]]
    told = found.likeness(ends[0], ends[1])

    for nats in (1, 2, 4, 6, 8):
        assert (told >= nats).mean() <= np.exp(-nats) + 3e-5


def test_a_formula_that_all_use_weighs_less_than_the_same_words_of_one_hand() -> None:
    formula = "très bon état, prix ferme, photos sur simple demande, premier arrivé"
    everybody = [f"{spelt(place)} {formula} 06 39 98 00 {place:02}" for place in range(90)]
    others = [f"{spelt(place)} rien de plus 06 39 98 00 {place:02}" for place in range(90)]
    others[3], others[7] = (f"{spelt(place)} {formula}" for place in (3, 7))

    assert likeness(everybody, 3, 7) < 1
    assert likeness(others, 3, 7) > 10


def test_a_hundred_posts_of_one_number_make_nothing_common() -> None:
    said = "atelier de reliure, dorure à la feuille, papier marbré"
    texts = [f"{said} {spelt(place)} 06 39 98 12 34" for place in range(100)]
    texts += [f"{said} {spelt(500)} 06 39 98 55 66"]
    texts += drawn(200, 300, seed=1)

    assert likeness(texts, 0, 100) > 10


def test_what_a_hand_changes_from_post_to_post_counts_little() -> None:
    towns = ["Brest", "Lens", "Pau", "Gap", "Niort"]
    kept, texts = "reliure dorure marbrure", []
    for hand in range(40):
        said = f"{spelt(1000 + hand % 8)} {spelt(2000 + hand % 9)}"
        texts += [f"{said} {towns[(hand + post) % 5]} 06 39 98 {hand:02} 00" for post in range(5)]
    texts += [f"{kept} Brest", f"{kept} Brest", "dorure Lens", "marbrure reliure Pau"]
    found = measured(texts)

    def gain(word: str) -> float:
        (row,) = np.flatnonzero(found.weights == found.weights[_row(texts, word)])[:1]
        return float(found.gains[row, 0])

    assert gain("brest") < 0.5
    assert gain(spelt(1000)) > 1.5


def _row(texts: list[str], word: str) -> int:
    corpus = read(texts)
    rare, _ = rarity(corpus, carried(corpus.contacts).first)
    (hashed,) = read([word]).hashes
    return int(np.searchsorted(rare.words, hashed))
