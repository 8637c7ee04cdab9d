"""``fanal population verify``: published figures, redone."""

import json
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.population.options import FOLDER, JSON_HELP, engine
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("folder", metavar="DOSSIER", type=FOLDER, help="Les tableaux et la référence.")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def verify(*, folder: Path, as_json: bool) -> int:
    """
    Refait chaque ligne de DOSSIER/reference_r.csv dont la méthode est connue.

    Le code de sortie est 1 dès qu'une ligne est hors de sa tolérance.
    """
    with shown_steps() as steps, engine():
        from fanal.engines.population.verification import OUTSIDE, verify_folder

        steps("Lignes refaites")
        rows = verify_folder(folder, told=steps.count)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(f"{row.verdict:<18} {row.dataset:<30} {row.method:<32} {row.reason}")
    outside = sum(row.verdict == OUTSIDE for row in rows)
    say(f"{len(rows)} lignes, {outside} hors tolérance.")
    return int(outside > 0)
