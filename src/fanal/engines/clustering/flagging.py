"""Texts that may hold a handle, a mail or a link, told at a glance: the others are not searched."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from fanal.engines.clustering.folding import Codes, Longs

Bools = npt.NDArray[np.bool_]
# As the search has them; those with an @ are told by it.
CHATS = ("", *("".join(parts) + "t" for parts in product(("", "c"), ("", "h"), ("", "a", "4"))))
NAMES = (
    *("".join(parts) for parts in product(("sn",), "a4", ("p",), CHATS)),
    *("".join(parts) for parts in product("i1", ("nst",), "a4", ("", "gram", "gr4m"))),
    "ig", "tiktok", "tok", "telegram", "tg", "twitter", "signal", "discord", "facebook",
    "messenger", "whatsapp", "app",
)  # fmt: skip


def flagged(codes: Codes, starts: Longs) -> Bools:
    """Whether each folded text may hold one. ``starts``: where each begins, and the last ends."""
    from fanal.engines.clustering.kernels.glances import glances

    found: Bools = glances(codes, starts, _names())
    return found


@cache
def _names() -> npt.NDArray[np.uint64]:
    """The hashes of what a network is called, sorted."""
    from fanal.engines.clustering.kernels.glances import hashed

    names = (np.array([ord(one) for one in name], dtype=np.uint32) for name in NAMES)
    return np.sort(np.array([hashed(name) for name in names], dtype=np.uint64))
