"""``fanal placement``: who goes where tonight, and how near that is to the best."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.steps import shown_steps

NEEDED = ("numpy", "scipy", "highspy")
EXTRA = (
    "Ce calcul a besoin de bibliothèques qui ne sont pas installées : "
    "pip install 'fanal[placement]', ou make install."
)
FILE = click.Path(path_type=Path, dir_okay=False)
JSON_HELP = "Un document JSON, pour un programme."
BUDGET_HELP = "Secondes de calcul ; passé ce temps, le meilleur trouvé est donné avec son écart."


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER", type=FILE, help="Demandes, unités et règles, en JSON.")
@click.option("--budget", type=click.FloatRange(0.1), default=8.0, metavar="S", help=BUDGET_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def solve(*, file: Path, budget: float, as_json: bool) -> None:
    """
    Dit qui va où ce soir : toutes les règles tenues, la valeur et la borne qui la certifie.

    Le fichier est du JSON, comprimé ou non. Une réponse qu'il contiendrait n'est pas lue.
    """
    with shown_steps() as steps, engine():
        from fanal.engines.placement import read_problem
        from fanal.engines.placement import solve as solve_problem

        steps("Lecture")
        problem = read_problem(file)
        steps("Recherche")
        plan = solve_problem(problem, budget=budget)
    if as_json:
        click.echo(json.dumps(plan.as_json(), ensure_ascii=False))
        return
    placed = int(problem.penalty.size) - plan.left_out
    click.echo(f"Demandes placées : {placed} ; sans place : {plan.left_out}.")
    share = f"{100 * plan.gap:.3f}".replace(".", ",")
    click.echo(
        "Aucun autre plan ne vaut mieux."
        if plan.value == plan.lower_bound
        else f"Le meilleur plan possible ne gagnerait pas plus de {share} %."
    )
    for request, unit in plan.as_json()["assignment"]:
        click.echo(f"  demande {request} : unité {unit}")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER", type=FILE, help="Une instance, au format OR-Library.")
@click.option("--budget", type=click.FloatRange(0.1), default=10.0, metavar="S", help=BUDGET_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def gap(*, file: Path, budget: float, as_json: bool) -> None:
    """Partage des tâches au moindre coût : le même calcul, sur des instances publiques."""
    with shown_steps() as steps, engine():
        from fanal.engines.placement import read_tasks, share

        steps("Recherche")
        shared = share(read_tasks(file), budget=budget)
    if as_json:
        click.echo(json.dumps(shared.as_json(), ensure_ascii=False))
    else:
        click.echo(f"Valeur {shared.value}, borne {shared.lower_bound}.")


@contextmanager
def engine() -> Iterator[None]:
    """What the engine refuses, or lacks, is one French line."""
    if any(find_spec(name) is None for name in NEEDED):
        raise click.ClickException(EXTRA)
    from fanal.engines.placement import NotPlaced

    try:
        yield
    except NotPlaced as refused:
        raise click.ClickException(refused.message) from None
