"""``fanal placement reasons``: why each request is where it is, or has no place, in words."""

import json
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@options.night
@click.option(
    "--request", "wanted", multiple=True, metavar="R",
    help="Une demande ; plusieurs fois pour plusieurs. Sinon, celles qui restent sans place.",
)  # fmt: skip
@click.option("--all", "all_of_them", is_flag=True, help="Toutes les demandes.")
@options.budget
@options.as_json
def reasons(
    *, file: Path, wanted: tuple[str, ...], all_of_them: bool, budget: float, as_json: bool
) -> None:
    """
    Dit pourquoi, demande par demande : quelle règle a fermé combien d'unités.

    Sans unité possible, dit à quelle distance une unité libre s'ouvrirait. C'est une information,
    jamais une proposition.
    """
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement import read_tonight, solve

        steps("Lecture")
        tonight = read_tonight(file)
        chosen = options.numbers(wanted, tonight.requests, "de demande")
        steps("Recherche")
        plan = solve(tonight.problem, budget=budget)
        steps("Raisons")
        if all_of_them:
            chosen = list(range(plan.unit.size))
        elif not wanted:
            chosen = [one for one, at in enumerate(plan.unit.tolist()) if at < 0]
        found = tonight.reasons(plan, chosen)
    if as_json:
        told = [one.as_json(tonight.requests, tonight.units) for one in found]
        click.echo(json.dumps({"reasons": told}, ensure_ascii=False))
        return
    if not found:
        click.echo("Personne ne reste sans place.")
    for one in found:
        name = tonight.requests[one.request]
        click.echo(f"Demande {name} : {one.said(tonight.requests, tonight.units)}")
