"""Time stamps of a third party (RFC 3161): who holds the database cannot make one."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from fanal.ground.errors import Refusal

SECONDS = 10
LARGEST = 64 * 1024


class StampRefused(Refusal):
    message = "L'autorité d'horodatage n'a pas répondu comme il faut : le scellé part sans tampon."


class BadStamp(Refusal):
    message = "Le tampon d'horodatage ne correspond pas au scellé."


class Stamper(Protocol):
    def stamp(self, root: bytes) -> bytes | None:
        """A stamp over these bytes, or nothing when no third party is named."""


@dataclass(frozen=True, slots=True)
class NullStamper:
    """Nobody else says the time: the demonstration, and tests."""

    def stamp(self, root: bytes) -> bytes | None:
        return None


@dataclass(frozen=True, slots=True)
class Rfc3161Stamper:
    """A time-stamping authority that answers at an address."""

    url: str
    roots: tuple[Certificate, ...]

    def stamp(self, root: bytes) -> bytes | None:
        """
        Raises:
            StampRefused: no answer, or not the stamp that was asked for.
        """
        question = TimestampRequestBuilder().data(root).hash_algorithm(HashAlgorithm.SHA256).build()
        request = urllib.request.Request(  # noqa: S310  (the address is a setting)
            self.url,
            data=question.as_bytes(),
            headers={"Content-Type": "application/timestamp-query"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                response = decode_timestamp_response(answer.read(LARGEST))
            builder = VerifierBuilder.from_request(question)
            for certificate in self.roots:
                builder = builder.add_root_certificate(certificate)
            builder.build().verify_message(response, root)
        except (OSError, ValueError, VerificationError):
            raise StampRefused from None
        return response.as_bytes()


def stamp_time(stamp: bytes, *, root: bytes, roots: tuple[Certificate, ...]) -> datetime:
    """
    The moment that the authority vouches for.

    Raises:
        BadStamp: it is not a stamp of these bytes by one of these authorities.
    """
    try:
        response = decode_timestamp_response(stamp)
        builder = VerifierBuilder()
        for certificate in roots:
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(response, root)
    except (ValueError, VerificationError):
        raise BadStamp from None
    return response.tst_info.gen_time


def trusted_roots() -> tuple[Certificate, ...]:
    path = settings.FANAL_TSA_CERTIFICATES
    if not path:
        return ()
    return tuple(load_pem_x509_certificates(Path(path).read_bytes()))


def stamper() -> Stamper:
    """The one that the settings name."""
    if not settings.FANAL_TSA_URL:
        return NullStamper()
    return Rfc3161Stamper(settings.FANAL_TSA_URL, trusted_roots())
