from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.utils.timezone import now

from fanal.ground.agents.models import Agent, ApiToken, Organisation, Posting
from fanal.ground.agents.terms import Role
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority


class UnknownOrganisation(Refusal):
    """No organisation has this name, short name or reference."""


def find_organisation(name: str) -> Organisation:
    """
    Find an organisation by short name, exact name or reference.

    Raises:
        UnknownOrganisation: none answers to it.
    """
    wanted = name.strip()
    for field in ("slug", "name"):
        if found := Organisation.objects.filter(**{f"{field}__iexact": wanted}).first():
            return found
    try:
        return Organisation.objects.get(ref=UUID(wanted))
    except (ValueError, Organisation.DoesNotExist):
        raise UnknownOrganisation(
            f"Aucune organisation ne s'appelle « {wanted[:80]} ». "
            "La commande « fanal organisations list » donne leurs noms."
        ) from None


def organisation_of_token(clear_text: str) -> Organisation | None:
    """The organisation whose living token this is, if any."""
    token = (
        ApiToken.objects.select_related("organisation__authority")
        .living(at=now())
        .filter(digest=token_digest(clear_text))
        .first()
    )
    return token.organisation if token else None


def token_digest(clear_text: str) -> str:
    return sha256(clear_text.encode()).hexdigest()


def agents_of(authority: ChildWelfareAuthority, *roles: Role, on: date) -> list[Agent]:
    """Active agents who hold one of these roles for the authority on that day, by name."""
    postings = Posting.objects.of_authority(authority, *roles).current(on=on)
    return list(
        Agent.objects.filter(is_active=True, postings__in=postings).distinct().order_by("name")
    )
