"""``fanal audit``: the journal of who did and read what, verified and sealed."""

import json
import os
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database
from fanal.config.database import OWNER_URL, connected


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
@click.option(
    "--seals",
    "kept",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Le dossier des scellés gardés hors de la base. Par défaut, FANAL_SEALS.",
)
def verify(*, as_json: bool, kept: Path | None) -> int:
    """
    Vérifie chaque trace, chaque maillon, chaque scellé et son tampon.

    Nomme la première trace modifiée, retirée, ajoutée ou déplacée. Le code de sortie est 1 dès
    qu'il y en a une.
    """
    with open_database() as steps:
        from django.conf import settings

        from fanal.ground.audit.keeping import folder_of
        from fanal.ground.audit.sealing import journal
        from fanal.ground.audit.stamping import trusted_roots
        from fanal.ground.audit.verifying import verify as verify_journal

        folder = folder_of(journal(), named=kept, usual=settings.FANAL_SEALS)
        steps("Vérification du journal")
        with connected(os.environ[OWNER_URL]) as connection:
            verdict = verify_journal(connection, now=moment(), kept=folder, roots=trusted_roots())
    if as_json:
        click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(verdict.lines()))
    return int(not verdict.sound)


@click.command(cls=FrenchCommand)
def seal() -> None:
    """
    Lie les traces qui attendent, fait le scellé du jour et le garde hors de la base.

    Le traitement des tâches le fait chaque soir : cette commande sert avant une sauvegarde.
    """
    with open_database():
        from fanal.ground.access.asking import acting_as
        from fanal.ground.audit.keeping import keeper
        from fanal.ground.audit.sealing import journal, link_traces, seal_day
        from fanal.ground.audit.stamping import stamper

        with acting_as(None):
            link_traces()
        made = seal_day(stamper=stamper(), keeper=keeper(journal()), now=moment())
    click.echo(f"Scellé n° {made}.")
