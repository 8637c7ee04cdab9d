"""``fanal placement gap``: the same solver on the public instances of the OR-Library."""

import json
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "file", metavar="FICHIER", type=options.PATH, help="Une instance, au format OR-Library."
)
@options.budget
@options.as_json
def gap(*, file: Path, budget: float, as_json: bool) -> None:
    """Partage des tâches au moindre coût : le même calcul, sur des instances publiques."""
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement import read_tasks, share

        steps("Recherche")
        shared = share(read_tasks(file), budget=budget)
    if as_json:
        click.echo(json.dumps(shared.as_json(), ensure_ascii=False))
    else:
        click.echo(f"Valeur {shared.value}, borne {shared.lower_bound}.")
