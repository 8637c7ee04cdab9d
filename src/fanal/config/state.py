"""Whether this instance declares itself a site of the State: read from the environment."""

from __future__ import annotations

from fanal.config import environment
from fanal.ground.shell.dsfr.site import StateSite, state_site
from fanal.ground.shell.theme import DSFR


def declared(*, theme: str, service: str) -> StateSite | None:
    """
    Nothing without the theme of the State: no other theme needs it.

    Raises:
        NotAStateSite: the theme is asked for, and the declaration is not whole.
    """
    if theme != DSFR:
        return None
    return state_site(
        fanal_service=service,
        mark=environment.text("FANAL_DSFR_SERVICE"),
        domain=environment.text("FANAL_DSFR_DOMAIN"),
        agreement=environment.text("FANAL_DSFR_AGREEMENT"),
        hosts=environment.words("FANAL_HOSTS"),
    )
