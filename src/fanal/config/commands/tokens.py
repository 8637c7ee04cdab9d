"""``fanal tokens``: the keys with which the software of an organisation speaks to Fanal."""

import json

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("organisation", help="Nom court, nom exact ou référence.")
@click.option("--label", default="", metavar="TEXTE", help="À quoi ce jeton va servir.")
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def create(*, organisation: str, label: str, as_json: bool) -> None:
    """
    Crée un jeton d'accès à l'API et l'écrit, seul, sur la sortie.

    Il n'est montré qu'une fois : Fanal n'en garde que l'empreinte.
    """
    with open_database():
        from fanal.ground.agents.queries import find_organisation
        from fanal.ground.agents.use_cases import create_token

        found = find_organisation(organisation)
        token, clear_text = create_token(organisation=found, label=label, now=moment())
        answer = {"organisation": found.slug, "label": token.label, "token": clear_text}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else clear_text)
