"""``fanal waiting``: how long one will wait, quarter of an hour by quarter of an hour."""

from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.needing import need

HARD = "\u00a0"


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "file",
    metavar="QUARTS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Un CSV : quarter, arrivals, places.",
)
@click.option("--duration", type=float, required=True, help="Durée moyenne d'une réponse, minutes.")
@click.option("--patience", type=float, required=True, help="Attente moyenne avant de partir.")
@click.option("--arrivals-doubt", type=float, default=0.2, help="Doute sur les arrivées. 0,2.")
@click.option("--duration-doubt", type=float, default=0.1, help="Doute sur la durée. 0,1.")
@click.option("--waiting", type=int, default=0, help="Personnes qui attendent déjà.")
@click.option("--talking", type=int, default=0, help="Personnes à qui l'on répond déjà.")
def forecast_waits(
    *,
    file: Path,
    duration: float,
    patience: float,
    arrivals_doubt: float,
    duration_doubt: float,
    waiting: int,
    talking: int,
) -> None:
    """
    Prévoit l'attente de chaque quart d'heure, en fourchettes, d'après qui vient et qui répond.

    Huit personnes sur dix attendent dans la fourchette, si le plan et ses doutes sont justes.
    """
    need("waiting")
    from fanal.engines.sheets.reading import UnreadableSheet
    from fanal.engines.waiting.forecasting import forecast
    from fanal.engines.waiting.plans import Plan
    from fanal.engines.waiting.reading import read_quarters
    from fanal.engines.waiting.refusals import NoForecast
    from fanal.engines.waiting.wording import wait_said

    try:
        names, quarters = zip(*read_quarters(file), strict=True)
        plan = Plan(quarters, duration, patience, arrivals_doubt, duration_doubt)
        found = forecast(plan, waiting=waiting, talking=talking)
    except (UnreadableSheet, NoForecast) as refusal:
        raise click.ClickException(str(refusal)) from None
    for name, one in zip(names, found, strict=True):
        if one is None:
            click.echo(f"{name} : fermé.")
            continue
        said = wait_said(one.low, one.high)
        shares = f"Sans réponse : {one.leaves:.0%}. Places prises : {one.busy:.0%}."
        click.echo(f"{name} : {said} {shares.replace('%', HARD + '%')}")
