"""``fanal placement prices``: what one more place would be worth, and which units are rare."""

import json
from pathlib import Path
from typing import Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@options.night
@options.past
@options.days
@options.stay
@click.option(
    "--top", type=click.IntRange(1), default=10, metavar="N", help="Combien d'unités dire."
)
@options.budget
@options.as_json
def prices(
    *,
    file: Path,
    past: Path | None,
    days: float,
    stay: float,
    top: int,
    budget: float,
    as_json: bool,
) -> None:
    """
    Dit ce qu'une place de plus vaudrait ce soir, unité par unité ; avec le passé, les unités rares.

    Le prix d'une unité rare, en kilomètres, ne change que le choix entre unités : personne n'est
    laissé sans place pour la garder, et les urgences passent d'abord.
    """
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement import read_tonight, solve

        steps("Lecture")
        tonight = read_tonight(file)
        learnt = options.learnt(tonight, past, days=days, stay=stay) if past else None
        steps("Recherche")
        plan = solve(tonight.problem, budget=budget)
        told = {"slack": round(plan.price_slack, 2), "prices": tonight.prices(plan)}
        if learnt is not None:
            told["past"] = learnt.count
            told["rare"] = learnt.as_json(tonight.units)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    _say(told, top)


def _say(told: dict[str, Any], top: int) -> None:
    if not told["prices"]:
        click.echo("Une place de plus ne gagnerait rien, nulle part.")
    for one in told["prices"][:top]:
        click.echo(one["words"])
    for one in told.get("rare", [])[:top]:
        click.echo(one["words"])
