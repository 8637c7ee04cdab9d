"""The link that a structure receives: signed, so that the database alone makes none."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

SALT = "fanal.spaces.confirm"


def signed(ref: UUID) -> str:
    return signing.Signer(salt=SALT).sign(ref.hex)


def opened(token: str) -> UUID | None:
    """The request that a link names; None when we never wrote it."""
    try:
        return UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
