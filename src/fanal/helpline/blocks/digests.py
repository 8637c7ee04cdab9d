"""What is kept of what a block holds on to: a keyed digest, that a stolen copy cannot undo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from fanal.ground.codes.terms import Kind
from fanal.ground.errors import Refusal

# France: ten digits, the first a zero, once +33 or 0033 is put back into it.
NATIONAL = re.compile(r"0[1-9]\d{8}")
ABROAD = re.compile(r"\+[1-9]\d{6,14}")
BEFORE = {"code": "fanal.blocks.code", "number": "fanal.blocks.number"}


class UnreadableNumber(Refusal):
    message = "Ce n’est pas un numéro de téléphone : dix chiffres, ou + et l’indicatif du pays."


def of_code(kind: Kind, opens: UUID) -> str:
    """Of the thing that a return code opens: a new code of the same thing is held too."""
    return _keyed("code", f"{kind}:{opens}", settings.SECRET_KEY)


def of_number(number: str) -> str:
    """
    Raises:
        UnreadableNumber
    """
    return _keyed("number", read_number(number), settings.SECRET_KEY)


def each_of_code(kind: Kind, opens: UUID) -> list[str]:
    """Under the secret in use, then under those that it replaced."""
    return list(_each("code", f"{kind}:{opens}"))


def each_of_number(number: str) -> list[str]:
    """
    Raises:
        UnreadableNumber
    """
    return list(_each("number", read_number(number)))


def read_number(typed: str) -> str:
    """
    One writing for one number.

    >>> read_number("+33 (0)6 12-34.56 78")
    '0612345678'

    Raises:
        UnreadableNumber
    """
    plain = re.sub(r"[\s.\-/]|\(0\)", "", typed)
    plain = re.sub(r"^00", "+", plain)
    plain = re.sub(r"^\+33", "0", plain)
    if not (NATIONAL.fullmatch(plain) or ABROAD.fullmatch(plain)):
        raise UnreadableNumber
    return plain


def _each(use: str, what: str) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _keyed(use, what, str(key))


def _keyed(use: str, what: str, secret: str) -> str:
    return salted_hmac(BEFORE[use], what, secret=secret, algorithm="sha256").hexdigest()
