"""``fanal population design``: what a study would say, before it is made."""

import json

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.population.options import JSON_HELP, SEED_HELP, engine
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--population", type=int, required=True, metavar="N", help="Le nombre supposé.")
@click.option("--rates", required=True, metavar="0.1,0.2,…", help="La part que voit chaque liste.")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help=SEED_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def design(*, population: int, rates: str, seed: int, as_json: bool) -> int:
    """Dit l'intervalle à attendre, avant de demander la moindre donnée."""
    with shown_steps() as steps, engine():
        from fanal.engines.population.design import expect

        try:
            each = [float(rate.replace(",", ".")) for rate in rates.split(",")]
        except ValueError:
            raise click.ClickException(
                f"« {rates} » : des parts entre 0 et 1, avec un point, séparées par des virgules."
            ) from None
        steps("Tirages")
        found = expect(population, each, seed=seed)
    if found.refused:
        raise click.ClickException(found.refused.message)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(found.said))
    return 0
