"""``fanal agents``: the very first administrator of an organisation; the others are invited."""

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
@click.option("--siret", default="", metavar="SIRET", help="SIRET, pour ProConnect.")
def invite(
    *, organisation: str, email: str, name: str, kind: str, authority: str, court: str, siret: str
) -> None:
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
            described=NewOrganisation(kind=kind, authority=authority, court=court, siret=siret),
            email=email,
            name=name,
            now=moment(),
        )
        service = settings.FANAL_SERVICE
        home = f"https://{settings.ALLOWED_HOSTS[0]}" if service else "http://127.0.0.1:8000"
    click.echo(home + LINK.format(token=token))
