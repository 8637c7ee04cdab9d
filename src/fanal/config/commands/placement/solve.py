"""``fanal placement solve``: who goes where tonight, with the bound that certifies it."""

import json
from pathlib import Path
from typing import Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps

DEAREST = 3


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@options.night
@options.budget
@options.past
@options.days
@options.stay
@click.option("--svg", type=options.PATH, metavar="CARTE.svg", help="Une carte, sans aucun nom.")
@options.as_json
def solve(
    *,
    file: Path,
    budget: float,
    past: Path | None,
    days: float,
    stay: float,
    svg: Path | None,
    as_json: bool,
) -> None:
    """
    Dit qui va où ce soir : toutes les règles tenues, la valeur et la borne qui la certifie.

    Une réponse que le fichier contiendrait n'est pas lue.
    """
    if svg:
        from fanal.config.commands.writing import require_folder

        require_folder(svg)
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement import read_tonight, value_of
        from fanal.engines.placement import solve as solve_problem

        steps("Lecture")
        tonight = read_tonight(file)
        if svg and tonight.night is None:
            raise click.ClickException("Sans position des unités, il n'y a pas de carte à faire.")
        kept = tonight
        if past:
            kept = tonight.kept(options.learnt(tonight, past, days=days, stay=stay).price)
        steps("Recherche")
        plan = solve_problem(kept.problem, budget=budget)
        told = kept.plan_as_json(plan)
        if past:
            told["value_without_prices"] = value_of(tonight.problem, plan.unit.tolist())
        if svg:
            _draw(svg, tonight, plan)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _said(tonight, plan, told))


def _draw(svg: Path, tonight: Any, plan: Any) -> None:
    from fanal.config.commands.writing import write_whole
    from fanal.engines.placement.drawing import drawn

    write_whole(svg, drawn(tonight.night, plan.unit))


def _said(tonight: Any, plan: Any, told: dict[str, Any]) -> str:
    share = f"{100 * plan.gap:.3f}".replace(".", ",")
    lines = [
        f"Demandes placées : {len(told['assignment'])} ; sans place : {plan.left_out}.",
        "Aucun autre plan ne vaut mieux."
        if plan.value == plan.lower_bound
        else f"Le meilleur plan possible ne gagnerait pas plus de {share} %.",
    ]
    lines += [f"  demande {request} : unité {unit}" for request, unit in told["assignment"]]
    if plan.left_out and told["place_prices"]:
        dear = [f"{unit} ({price:.0f})" for unit, price in told["place_prices"][:DEAREST]]
        lines.append(f"Où une place de plus gagnerait le plus, au mieux : {', '.join(dear)}.")
    return "\n".join(lines)
