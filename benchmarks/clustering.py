"""The engines that link, measured: ``python benchmarks/clustering.py digests``."""

from __future__ import annotations

import sys
import time

import numpy as np

from fanal.engines.digests.matching import WITHIN, Bank
from fanal.engines.digests.reading import CHUNKS, Digests

KNOWN, ASKED, BITS = 1_000_000, 3_000, 256


def digests() -> None:
    """A million digests drawn by chance, 3,000 of them asked about with 0 to 31 bits flipped."""
    drawing = np.random.default_rng(20)
    known = drawing.integers(0, 256, (KNOWN, BITS // 8), dtype=np.uint8)
    bits = np.unpackbits(known[drawing.choice(KNOWN, ASKED, replace=False)], axis=1)
    planted = []
    for row in range(ASKED):
        flips = row % (WITHIN + 1)
        planted.append((np.packbits(bits[row]).tobytes().hex(), flips))
        bits[row, drawing.choice(BITS, flips, replace=False)] ^= 1
    asked = _digests(np.packbits(bits, axis=1))
    Bank(_digests(known[:2])).matches(asked)
    list(Bank(_digests(known[:9])).matches(_digests(known[:2])))
    start = time.process_time()
    bank = Bank(_digests(known))
    built = time.process_time()
    found = {(one.query, one.match, one.distance) for one in bank.matches(asked)}
    searched = time.process_time()
    wanted = {(query, *pair) for query, pair in zip(asked.texts, planted, strict=True)}
    print(
        f"index {built - start:.2f} s CPU, {ASKED / (searched - built):.0f} queries per CPU s, "
        f"recall {len(found & wanted) / ASKED}, {len(found - wanted)} others"
    )


def _digests(rows: np.ndarray) -> Digests:
    chunks = rows.view(">u2").astype(np.uint16).reshape(-1, CHUNKS)
    return Digests(tuple(row.tobytes().hex() for row in rows), chunks)


MEASURES = {"digests": digests}

if __name__ == "__main__":
    for name in sys.argv[1:] or MEASURES:
        MEASURES[name]()
