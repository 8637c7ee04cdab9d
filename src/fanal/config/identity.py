"""
The providers of identity that the environment names; nothing named, no button.

``FANAL_PROCONNECT_ISSUER``, ``…_CLIENT_ID``, ``…_CLIENT_SECRET`` open ProConnect;
``FANAL_PROSANTECONNECT_…`` Pro Santé Connect. ``…_ACR`` holds the levels that we ask for and
accept, ``…_ORIGINS`` the addresses, besides the issuer's, to which the provider sends a form.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fanal.config import environment
from fanal.ground.agents.identity import IdentityProvider

KNOWN = {
    # Levels at which the provider asks for two factors; « eidas1 » is a password alone.
    "proconnect": (
        "ProConnect",
        "openid given_name usual_name email siret",
        "eidas2 eidas3 https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
    ),
    "prosanteconnect": ("Pro Santé Connect", "openid scope_all", "eidas1"),
}


def configured() -> dict[str, IdentityProvider]:
    """
    Raises:
        MissingSetting: a provider is half named, or named by an address that is not safe.
    """
    return {
        name: _read(name, label, scope, acr)
        for name, (label, scope, acr) in KNOWN.items()
        if environment.text(f"FANAL_{name.upper()}_ISSUER")
    }


def _read(name: str, label: str, scope: str, acr: str) -> IdentityProvider:
    prefix = f"FANAL_{name.upper()}"
    issuer = environment.required(f"{prefix}_ISSUER").rstrip("/")
    if not _is_safe(issuer):
        raise environment.MissingSetting(f"Le réglage {prefix}_ISSUER doit commencer par https://.")
    return IdentityProvider(
        name=name,
        label=label,
        issuer=issuer,
        client_id=environment.required(f"{prefix}_CLIENT_ID"),
        client_secret=environment.required(f"{prefix}_CLIENT_SECRET"),
        scope=tuple(environment.words(f"{prefix}_SCOPE") or scope.split()),
        acr=tuple(environment.words(f"{prefix}_ACR") or acr.split()),
        origins=tuple(environment.words(f"{prefix}_ORIGINS")),
        vouches_for_email=environment.text(f"{prefix}_VOUCHES_FOR_EMAIL") == "oui",
    )


def _is_safe(issuer: str) -> bool:
    parts = urlsplit(issuer)
    return parts.scheme == "https" or parts.hostname == "127.0.0.1"
