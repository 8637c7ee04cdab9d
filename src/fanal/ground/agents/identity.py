"""A provider of identity, as the settings name it. Read before the models are."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str
    scope: tuple[str, ...]
    acr: tuple[str, ...]
    origins: tuple[str, ...]
    # Whether the provider itself vouches for addresses, and gives no « email_verified ».
    vouches_for_email: bool


def form_origins(providers: dict[str, IdentityProvider]) -> list[str]:
    """Where the sign-in form may lead, for the Content-Security-Policy."""
    found = [one for provider in providers.values() for one in (provider.issuer, *provider.origins)]
    parts = [urlsplit(one) for one in found]
    return list(dict.fromkeys(f"{one.scheme}://{one.netloc}" for one in parts))
