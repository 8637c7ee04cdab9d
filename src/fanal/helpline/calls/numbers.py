"""The keyed digest that stands for a number: the one that blocks know, so that both agree."""

from __future__ import annotations

from fanal.helpline.blocks.digests import UnreadableNumber, of_number


def digest_of(number: str) -> bytes | None:
    """Thirty-two bytes under a key of the instance; None for a number that is hidden."""
    try:
        return bytes.fromhex(of_number(number))
    except UnreadableNumber:
        return None
