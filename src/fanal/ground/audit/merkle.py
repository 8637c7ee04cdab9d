"""A Merkle root, leaf by leaf, in the memory of its height (RFC 9162, section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


class Tree:
    """Leaves come one by one; the root is that of all those that came."""

    def __init__(self) -> None:
        self._count = 0
        # Roots of full subtrees, the widest first.
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self._roots.append(sha256(LEAF + leaf).digest())
        self._count += 1
        full = self._count
        while full % 2 == 0:
            right = self._roots.pop()
            self._roots.append(sha256(NODE + self._roots.pop() + right).digest())
            full //= 2

    def root(self) -> bytes:
        if not self._roots:
            return sha256().digest()
        *others, root = self._roots
        for left in reversed(others):
            root = sha256(NODE + left + root).digest()
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()
