"""``fanal placement``: who goes where tonight, and how near that is to the best."""

import dataclasses
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
ARRIVALS, FACILITIES = 8.0, 200
NAMES = {
    "at_once": "au fil de l'eau",
    "urgent_first": "urgences d'abord",
    "together": "ensemble",
    "rare": "ensemble, rares gardées",
}
JSON_HELP = "Un document JSON, pour un programme."
BUDGET_HELP = "Secondes de calcul ; passé ce temps, le meilleur trouvé est donné avec son écart."


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER", type=FILE, help="Demandes, unités et règles, en JSON.")
@click.option("--budget", type=click.FloatRange(0.1), default=9.0, metavar="S", help=BUDGET_HELP)
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


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help="La graine du monde.")
@click.option(
    "--load", type=click.FloatRange(0.1, 3), default=0.95, metavar="C",
    help="Demandes présentes en même temps, rapportées aux places.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(30, 400), default=180, metavar="J", help="La durée.")
@click.option(
    "--later", type=click.FloatRange(0, 1), default=0.0, metavar="P",
    help="La part des fratries dont le second arrive plus tard.",
)  # fmt: skip
@click.option(
    "--part-siblings", is_flag=True,
    help="Sépare une fratrie qu'aucun établissement ne peut recevoir ensemble.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def simulate(
    *, seed: int, load: float, days: int, later: float, part_siblings: bool, as_json: bool
) -> None:
    """
    Compare quatre façons de placer, jour après jour, dans un pays inventé.

    Au fil de l'eau, les urgences d'abord, toutes les demandes du jour ensemble, et ensemble en
    gardant les unités rares pour qui n'en a pas d'autre.
    """
    with shown_steps() as steps, engine():
        from fanal.engines.placement.online.days import Policy, Simulation
        from fanal.engines.placement.online.doors import SAID, Siblings, Why
        from fanal.engines.placement.online.world import invent

        siblings = Siblings.IF_POSSIBLE if part_siblings else Siblings.TOGETHER
        world = invent(
            seed, load=load, days=days, a_day=ARRIVALS, facilities=FACILITIES, later=later
        )
        found = {}
        for policy in Policy:
            steps(NAMES[policy])
            found[policy.value] = Simulation(world, policy, siblings).run(days)
    if as_json:
        told = {name: dataclasses.asdict(waits) for name, waits in found.items()}
        click.echo(json.dumps({"seed": seed, "load": load, "days": days, "policies": told}))
        return
    for name, waits in found.items():
        line = (
            f"{NAMES[name]:<24} le jour même {100 * waits.same_day:.1f} % ; attente "
            f"{waits.wait:.1f} jours, urgences {waits.urgent_wait:.1f} jours"
        )
        click.echo(line.replace(".", ","))
    kept = found[Policy.RARE]
    click.echo(
        f"Unités rares gardées : {kept.without_unit} demandes sans aucune unité possible ; "
        f"à la fin, {kept.waiting} attendent encore."
    )
    for reason, count in kept.why.items():
        click.echo(f"  {count} : {SAID[Why(reason)]}")


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
