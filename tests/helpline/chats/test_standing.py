"""What who waits is told: how many are before them, and a range; never a promise."""

from __future__ import annotations

import time

import pytest

from fanal.engines.waiting.wording import UNKNOWN
from fanal.helpline.chats.queries import standing


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (0, "Tu es la prochaine personne."),
        (1, "Il y a une personne avant toi."),
        (2, "Il y a 2 personnes avant toi."),
        (10, "Il y a 10 personnes avant toi."),
        (11, "Il y a plus de 10 personnes avant toi."),
        (20, "Il y a plus de 10 personnes avant toi."),
        (21, "Il y a plus de 20 personnes avant toi."),
        (100, "Il y a plus de 90 personnes avant toi."),
        (101, "Il y a plus de 100 personnes avant toi."),
        (1_999, "Il y a plus de 1900 personnes avant toi."),
    ],
)
def test_a_place_is_exact_then_by_tens_then_by_hundreds(ahead: int, said: str) -> None:
    assert standing(ahead, places=3).said.startswith(said)


def test_when_nobody_answers_nobody_knows() -> None:
    assert standing(0, places=0).said.endswith(UNKNOWN)


def test_who_answers_gives_a_range() -> None:
    assert standing(3, places=6).said.endswith("minutes d’attente.")


def test_two_thousand_places_are_told_without_holding_anybody_up() -> None:
    """However many are led: each number of places is another table."""
    begun = time.process_time()
    for places in (40, 41, 42):
        for ahead in range(2_000):
            standing(ahead, places=places)
    assert time.process_time() - begun < 0.3
