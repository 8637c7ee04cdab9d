"""``fanal agents``: the very first administrator of an organisation, and the last resort."""

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database

LINK = "/invitation/{token}/"


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("organisation", help="Nom court, nom exact ou référence ; ou le nom à créer.")
@click.argument("email", help="Adresse électronique professionnelle.")
@click.argument("name", help="Prénom et nom.")
@click.option("--kind", default="", metavar="NATURE", help="Crée l'organisation : child_welfare…")
@click.option("--authority", default="", metavar="CODE", help="Autorité, par exemple 59.")
@click.option("--court", default="", metavar="CODE", help="Tribunal, par exemple tj59350.")
@click.option(
    "--departement",
    default="",
    metavar="CODE",
    help="Département d'une préfecture ou d'un service de police, ex. 59.",
)
@click.option("--siret", default="", metavar="SIRET", help="SIRET, pour ProConnect.")
def invite(*, organisation: str, email: str, name: str, **described: str) -> None:
    """
    Invite le premier administrateur d'une organisation et écrit son lien, à usage unique.

    Les autres agents sont invités par lui, depuis l'écran « Agents ».
    """
    with open_database():
        from django.conf import settings

        from fanal.portal.accounts.use_cases.first import (
            NewOrganisation,
            invite_first_administrator,
        )

        _, token = invite_first_administrator(
            organisation=organisation,
            described=NewOrganisation(**described),
            email=email,
            name=name,
            now=moment(),
        )
        service = settings.FANAL_SERVICE
        home = f"https://{settings.ALLOWED_HOSTS[0]}" if service else "http://127.0.0.1:8000"
    click.echo(home + LINK.format(token=token))


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("email", help="Adresse électronique de l'agent.")
@click.argument("role", help="Rôle : crip, evaluator, administrator…")
@click.argument("organisation", help="Nom court, nom exact ou référence.")
@click.option("--reason", required=True, metavar="TEXTE", help="Motif, gardé avec le rôle.")
def withdraw(*, email: str, role: str, organisation: str, reason: str) -> None:
    """
    Retire un rôle à un agent, tout de suite : ses sessions se ferment.

    Pour l'hébergeur, quand aucun administrateur ne peut le faire à l'écran. La trace le dit.
    """
    with open_database():
        from fanal.portal.accounts.use_cases.roles import withdraw_as_host

        withdraw_as_host(
            email=email, role=role, organisation=organisation, reason=reason, now=moment()
        )
    click.echo("Le rôle est retiré.")
