"""Receipts that can be read over the telephone, and blind keys that tell of a repetition."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from fanal.ground.people.phonetics import heard, plain

# Neither I, L, O nor U: nobody mishears them.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_receipt(now: datetime) -> str:
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"IP-{localdate(now):%Y}-{drawn[:4]}-{drawn[4:]}"


def match_keys(*, given_names: str, family_name: str, born: date, about: bool) -> list[str]:
    """
    Keyed digests under which the same minor, sent twice, meets.

    They hold the name as it is heard and the year of birth (the neighbouring years too when
    the age is an estimate), and tell nothing to whoever reads the table.
    """
    words = sorted({heard(word) or word for word in plain(f"{given_names} {family_name}").split()})
    spread = 1 if about else 0
    years = range(born.year - spread, born.year + spread + 1)
    return [
        salted_hmac(
            "fanal.concerns.match", f"{'|'.join(words)}|{year}", algorithm="sha256"
        ).hexdigest()[:32]
        for year in years
    ]
