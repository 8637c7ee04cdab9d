"""Parts of a file, worked apart, give what the whole file gives."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pickle import dumps, loads

import numpy as np
import pytest

from engines.linkage.people import PROFILE, columns, file
from fanal.engines.linkage.blocking import candidates, holding, pairs_sharing
from fanal.engines.linkage.encoding import Encoded, encode
from fanal.engines.linkage.homes import Homes
from fanal.engines.linkage.learning import Agreement
from fanal.engines.linkage.spark.parts import keyed, levelled, weighed
from fanal.engines.linkage.weighing import at_first, logarithms
from fanal.engines.linkage.work import Here

ROWS, _ = file(120)
ENCODED = encode(columns(ROWS), PROFILE)
HOMES = Homes(relatives=1.5, twins=0.4, homonyms=0.3)
WEIGHTS = at_first(Agreement(np.full((6, 8), 0.3), np.full((6, 8), 0.1), 3, HOMES), 3)


@pytest.fixture(scope="module")
def sent() -> Encoded:
    """What another machine is given."""
    numbers: Encoded = loads(dumps(ENCODED.numbers()))  # noqa: S301  (ours)
    return numbers


def parts(size: int) -> list[np.ndarray]:
    records = np.arange(len(ENCODED), dtype=np.int64)
    return [records[first : first + size] for first in range(0, len(records), size)]


def test_no_name_and_no_code_is_sent(sent: Encoded) -> None:
    written = dumps(sent)

    for row in ROWS:
        for cell in (row["prenom"], row["nom"], row["telephone"], row["alias"]):
            assert not cell or cell.lower().encode() not in written


def test_the_keys_of_parts_are_those_of_the_file(sent: Encoded) -> None:
    told = [keyed(sent, {"record": part}) for part in parts(37)]

    for place, key in enumerate(PROFILE.keys):
        records, held = holding(ENCODED, key)
        found = {
            (record, number)
            for part in told
            for record, number in zip(
                part["record"][part["key"] == place].tolist(),
                part["held"][part["key"] == place].tolist(),
                strict=True,
            )
        }
        assert found == set(zip(records.tolist(), held.tolist(), strict=True))


def test_records_that_share_a_key_of_a_part_are_the_candidates(sent: Encoded) -> None:
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for part in parts(50):
        told = keyed(sent, {"record": part})
        for key, held, record in zip(told["key"], told["held"], told["record"], strict=True):
            blocks[int(key), int(held)].append(int(record))

    found = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}

    # So small a file has no block that is left.
    assert found == {tuple(pair) for pair in candidates(ENCODED).tolist()}


def test_the_worth_of_a_pair_is_the_same_to_the_last_bit(sent: Encoded) -> None:
    whole = Here(ENCODED).weighed(WEIGHTS)
    pairs = candidates(ENCODED)
    logs = logarithms(ENCODED, WEIGHTS)

    told = [
        weighed(sent, logs, HOMES, {"one": part[:, 0], "other": part[:, 1]})
        for part in np.array_split(pairs, 7)
    ]

    assert (np.concatenate([part["worth"] for part in told]) == whole.worth).all()
    assert (np.concatenate([part["one"] for part in told]) == whole.pairs[:, 0]).all()
    assert (np.concatenate([part["other"] for part in told]) == whole.pairs[:, 1]).all()
    assert whole.compared == len(pairs)


def test_the_levels_to_learn_on_are_the_same(sent: Encoded) -> None:
    for key, levels in Here(ENCODED).taught():
        place = PROFILE.keys.index(key)
        pairs = pairs_sharing(ENCODED, key)
        told = levelled(
            sent,
            {place: len(pairs)},
            {"key": np.full(len(pairs), place), "one": pairs[:, 0], "other": pairs[:, 1]},
        )

        found = np.stack([told[f"field_{field}"] for field in range(levels.shape[1])], axis=1)
        assert (found == levels).all()
