from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.core.checks import CheckMessage, Error, register


@register
def argon_is_there(**_: Any) -> list[CheckMessage]:
    """The wheel of ``cryptography`` brings it; one built against an old OpenSSL does not."""
    try:
        Argon2id(salt=bytes(16), length=16, iterations=1, lanes=1, memory_cost=8)
    except UnsupportedAlgorithm:
        return [
            Error(
                "Argon2id manque à la bibliothèque « cryptography ».",
                hint="Installez sa roue, ou construisez-la avec OpenSSL 3.2 ou plus récent.",
                id="codes.E001",
            )
        ]
    return []
