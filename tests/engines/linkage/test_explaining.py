"""Every pair says why, in words, in numbers and in a picture."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engines.linkage.people import PROFILE, columns, file
from fanal.engines.linkage.cards import as_lines, cards, find_card
from fanal.engines.linkage.charts import waterfall
from fanal.engines.linkage.deduping import dedupe
from fanal.engines.linkage.refusals import NoSuchCard

ROWS, _ = file(200, seed=3)
NAMES = [f"r{place}" for place in range(len(ROWS))]
LINKED = dedupe(columns(ROWS), PROFILE)
CARDS = list(cards(LINKED, NAMES, columns(ROWS)))


def test_there_is_a_card_for_each_pair_in_their_order() -> None:
    pairs = [[NAMES[place] for place in pair] for pair in LINKED.pairs.tolist()]

    assert [card["records"] for card in CARDS] == pairs


def test_what_the_card_adds_up_is_the_odds_of_the_pair_alone() -> None:
    for card in CARDS:
        bits = card["before"] + sum(field["bits"] for field in card["fields"])
        assert card["alone"] == pytest.approx(1 / (1 + 2**-bits), abs=0.01)


def test_a_card_is_read_in_french() -> None:
    lines = as_lines(CARDS[0])

    assert lines[0].startswith(f"{CARDS[0]['records'][0]} et {CARDS[0]['records'][1]} : proba")
    assert len(lines) == 3 + len(PROFILE.fields)


def test_the_picture_is_well_formed_and_says_each_number() -> None:
    picture = waterfall(CARDS[-1])

    ET.fromstring(picture)  # noqa: S314
    for field in CARDS[-1]["fields"]:
        if field["bits"]:
            assert f"{abs(field['bits']):.1f}".replace(".", ",") in picture


def test_a_name_cannot_write_in_the_picture() -> None:
    card = json.loads(json.dumps(CARDS[0]))
    card["records"] = ["<script>", "b"]

    assert "<script>" not in waterfall(card)


def test_a_card_is_found_in_either_order_or_said_not_to_be(tmp_path: Path) -> None:
    path = tmp_path / "cards.jsonl"
    path.write_text("".join(f"{json.dumps(card)}\n" for card in CARDS), encoding="utf-8")

    assert find_card(path, *reversed(CARDS[3]["records"])) == CARDS[3]
    with pytest.raises(NoSuchCard, match="Aucune carte"):
        find_card(path, "r0", "nobody")
    path.write_text("not a card\n", encoding="utf-8")
    with pytest.raises(NoSuchCard, match="n'est pas"):
        find_card(path, "r0", "r1")
