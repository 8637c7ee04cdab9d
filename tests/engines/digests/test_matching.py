"""All digests within 31 bits are found, and no other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.digests import matching
from fanal.engines.digests.matching import Bank, Match
from fanal.engines.digests.reading import CHUNKS, Digests

BITS = 256


def digests(bits: npt.NDArray[np.uint8]) -> Digests:
    packed = np.packbits(bits, axis=1)
    chunks = packed.view(">u2").astype(np.uint16).reshape(-1, CHUNKS)
    return Digests(tuple(row.tobytes().hex() for row in packed), chunks)


def drawn(number: int, seed: int) -> npt.NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 2, (number, BITS), dtype=np.uint8)


def flipped(bits: npt.NDArray[np.uint8], places: list[int]) -> npt.NDArray[np.uint8]:
    other = bits.copy()
    other[:, places] ^= 1
    return other


def one_by_one(asked: Digests, bank: Digests, within: int = 31) -> set[Match]:
    pairs = ((q, m, (int(q, 16) ^ int(m, 16)).bit_count()) for q in asked.texts for m in bank.texts)
    return {Match(*pair) for pair in pairs if pair[2] <= within}


@given(
    places=st.lists(st.integers(0, BITS - 1), min_size=0, max_size=40, unique=True),
    seed=st.integers(0, 1000),
)
@settings(max_examples=200, deadline=None)
def test_any_31_flips_are_found_and_no_32(places: list[int], seed: int) -> None:
    known = drawn(40, seed)
    asked, bank = digests(flipped(known[:1], places)), digests(known)

    found = list(Bank(bank).matches(asked))

    assert set(found) == one_by_one(asked, bank)
    assert (asked.texts[0], bank.texts[0]) in {(one.query, one.match) for one in found} or len(
        places
    ) > 31


def test_two_flips_in_each_chunk_but_one_are_found_once() -> None:
    known = drawn(3000, 1)
    places = [16 * chunk + bit for chunk in range(CHUNKS) for bit in (3, 11)][:31]
    asked = digests(flipped(known[:5], places))

    found = list(Bank(digests(known)).matches(asked))

    assert [one.distance for one in found] == [31] * 5


def test_a_near_pair_is_told_once_though_all_its_chunks_agree() -> None:
    known = digests(drawn(3000, 2))

    assert len(list(Bank(known).matches(known))) == 3000


def test_a_bank_of_one_works() -> None:
    known = drawn(1, 3)

    (found,) = Bank(digests(known)).matches(digests(flipped(known, [0, 100, 255])))

    assert found.distance == 3


def test_an_uneven_bank_is_searched_whole() -> None:
    centre = drawn(1, 4)
    near = np.repeat(centre, 300, axis=0)
    for row in range(300):
        near[row, [row % BITS, (7 * row + 1) % BITS]] ^= 1
    bank = digests(np.unique(near, axis=0))

    assert set(Bank(bank).matches(digests(centre))) == one_by_one(digests(centre), bank)


def test_more_matches_than_the_room_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "ROOM", 2)
    known = digests(drawn(50, 5))

    assert len(list(Bank(known).matches(known))) == 50


def test_nearest_come_first() -> None:
    known = drawn(1, 6)
    bank = digests(np.vstack([flipped(known, list(range(n))) for n in (9, 0, 4)]))

    assert [one.distance for one in Bank(bank).matches(digests(known))] == [0, 4, 9]


@pytest.mark.parametrize("within", [-1, 32])
def test_a_radius_that_could_miss_is_refused(within: int) -> None:
    known = digests(drawn(1, 7))

    with pytest.raises(ValueError, match="within"):
        list(Bank(known).matches(known, within=within))
