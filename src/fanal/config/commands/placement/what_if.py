"""``fanal placement what-if``: what one more unit would change tonight."""

import json
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps


@click.command("what-if", cls=FrenchCommand, options_metavar="[OPTIONS]")
@options.night
@click.option(
    "--like", multiple=True, metavar="UNITÉ",
    help="Comme quelle unité ; sinon, une de chaque sorte, celles qui promettent le plus.",
)  # fmt: skip
@click.option(
    "--places", type=click.IntRange(1, 1000), default=1, metavar="P", help="Avec tant de places."
)
@click.option(
    "--top", type=click.IntRange(1, 100), default=5, metavar="N", help="Combien de sortes essayer."
)
@options.budget
@options.as_json
def what_if(
    *, file: Path, like: tuple[str, ...], places: int, top: int, budget: float, as_json: bool
) -> None:
    """
    Refait la nuit avec une unité de plus, dans un établissement à elle, et dit ce qui change.

    Les règles et les urgences sont tenues comme ce soir. Rien n'est estimé : chaque nuit est
    résolue de nouveau.
    """
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement import dearest, read_tonight, solve
        from fanal.engines.placement import what_if as tried

        steps("Lecture")
        tonight = read_tonight(file)
        chosen = options.numbers(like, tonight.units, "d'unité")
        steps("Recherche")
        plan = solve(tonight.problem, budget=budget)
        chosen = chosen or dearest(plan, tonight.alike())[:top]
        gains = []
        for unit in chosen:
            steps(f"Avec une unité de plus comme {tonight.units[unit]}")
            gains.append(tried(tonight.problem, unit, places=places, without=plan, budget=budget))
    gains.sort(key=lambda gain: (-gain.placed, -gain.saved))
    if as_json:
        told = [gain.as_json(tonight.units) for gain in gains]
        click.echo(json.dumps({"left_out": plan.left_out, "gains": told}, ensure_ascii=False))
        return
    click.echo(f"Sans place ce soir : {plan.left_out}.")
    for gain in gains:
        click.echo(gain.said(tonight.units))
    if not gains:
        click.echo("Aucune unité de plus ne changerait rien.")
