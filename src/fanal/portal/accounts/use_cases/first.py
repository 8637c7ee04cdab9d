from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.queries import UnknownOrganisation, find_organisation
from fanal.ground.agents.terms import LinkKind, OrganisationKind, Role
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority, Court, Departement
from fanal.portal.accounts.queries import PARIS
from fanal.portal.accounts.use_cases.accounts import AddressTaken
from fanal.portal.accounts.use_cases.entering import make_link


class AlreadyAdministered(Refusal):
    message = (
        "Cette organisation a déjà un administrateur : c’est à lui d’inviter, depuis « Agents »."
    )


class IncompleteOrganisation(Refusal):
    message = (
        "Une organisation nouvelle se décrit : --kind, et --authority pour un service de "
        "protection de l’enfance, --court pour un parquet, --departement pour une préfecture et "
        "pour un point de contact de la police ou de la gendarmerie."
    )


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What the host says of an organisation that the service does not know yet."""

    kind: str = ""
    authority: str = ""
    court: str = ""
    departement: str = ""
    siret: str = ""


@transaction.atomic
def invite_first_administrator(
    *, organisation: str, described: NewOrganisation, email: str, name: str, now: datetime
) -> tuple[Agent, str]:
    """
    Make the account from which all the others of an organisation come.

    Only the host of the service can, and only while nobody administers there.

    Returns:
        The agent, and the clear token of the link.

    Raises:
        AlreadyAdministered, AddressTaken, UnknownOrganisation, IncompleteOrganisation.
    """
    here = _found_or_made(organisation, described)
    held = Posting.objects.current(on=now.astimezone(PARIS).date())
    if held.filter(organisation=here, role=Role.ADMINISTRATOR, agent__is_active=True).exists():
        raise AlreadyAdministered
    if Agent.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    agent = Agent.objects.create_user(
        email, None, name=name, function="Administration des comptes", is_active=False
    )
    Posting.objects.create(
        agent=agent,
        organisation=here,
        role=Role.ADMINISTRATOR,
        since=now.astimezone(PARIS).date(),
    )
    with acting_as(None):
        record(agent=None, deed="agent.invite_first", subject=agent, organisation=here)
    return agent, make_link(agent=agent, kind=LinkKind.FIRST, now=now)


def _found_or_made(name: str, described: NewOrganisation) -> Organisation:
    try:
        return find_organisation(name)
    except UnknownOrganisation:
        if not described.kind:
            raise
    authority = ChildWelfareAuthority.objects.filter(pk=described.authority).first()
    court = Court.objects.filter(pk=described.court).first()
    departement = Departement.objects.filter(pk=described.departement.upper()).first()
    needed: dict[str, object] = {
        OrganisationKind.CHILD_WELFARE: authority,
        OrganisationKind.PROSECUTION: court,
        OrganisationKind.PREFECTURE: departement,
    }
    unknown = described.departement and departement is None
    known = described.kind in OrganisationKind.values
    if not known or unknown or not needed.get(described.kind, True):
        raise IncompleteOrganisation
    return Organisation.objects.create(
        name=name,
        slug=slugify(name)[:60],
        kind=described.kind,
        authority=authority,
        court=court,
        departement=departement,
        siret=described.siret,
    )
