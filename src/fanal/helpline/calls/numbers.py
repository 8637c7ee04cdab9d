"""Numbers as they are typed, and the keyed digest that stands for one."""

from __future__ import annotations

import re

from django.utils.crypto import salted_hmac

PLAUSIBLE = re.compile(r"\+?\d{3,15}")
FRENCH = re.compile(r"(?:\+33|0033)(?=[1-9]\d{8}$)")


def written(number: str) -> str:
    """« +33 6 00 00 00 00 » and « 06.00.00.00.00 » are one number; empty when it is none."""
    bare = FRENCH.sub("0", re.sub(r"[\s.\-()/\u00a0\u202f]", "", number))
    return bare if PLAUSIBLE.fullmatch(bare) else ""


def digest_of(number: str) -> bytes | None:
    """
    Thirty-two bytes under a key of the instance, which is in no database; None for a hidden one.

    Numbers are few: without the key anybody could try them all.
    """
    bare = written(number)
    return salted_hmac("fanal.calls.caller", bare, algorithm="sha256").digest() if bare else None
