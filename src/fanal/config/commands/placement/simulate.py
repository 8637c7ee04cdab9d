"""``fanal placement simulate``: four ways of placing, day after day, in an invented country."""

import dataclasses
import json

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.placement import options
from fanal.config.commands.steps import shown_steps

ARRIVALS, FACILITIES = 8.0, 200
NAMES = {
    "at_once": "au fil de l'eau",
    "urgent_first": "urgences d'abord",
    "together": "ensemble",
    "rare": "ensemble, rares gardées",
}


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help="La graine du monde.")
@click.option(
    "--load", type=options.Number(0.1, 3), default=0.95, metavar="C",
    help="Demandes présentes en même temps, rapportées aux places.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(30, 400), default=180, metavar="J", help="La durée.")
@click.option(
    "--later", type=options.Number(0, 1), default=0.0, metavar="P",
    help="La part des fratries dont le second arrive plus tard.",
)  # fmt: skip
@click.option(
    "--part-siblings", is_flag=True,
    help="Sépare une fratrie qu'aucun établissement ne peut recevoir ensemble.",
)  # fmt: skip
@options.as_json
def simulate(
    *, seed: int, load: float, days: int, later: float, part_siblings: bool, as_json: bool
) -> None:
    """
    Compare quatre façons de placer, jour après jour, dans un pays inventé.

    Au fil de l'eau, les urgences d'abord, toutes les demandes du jour ensemble, et ensemble en
    gardant les unités rares pour qui n'en a pas d'autre.
    """
    with shown_steps() as steps, options.engine():
        from fanal.engines.placement.online.days import Policy, Simulation
        from fanal.engines.placement.online.doors import SAID, Why
        from fanal.engines.placement.online.world import invent
        from fanal.engines.placement.siblings import Siblings

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
