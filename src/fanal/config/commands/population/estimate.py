"""``fanal population estimate``: a number and its interval, method by method."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.population.options import (
    FILE,
    JSON_HELP,
    NAMES,
    SEED_HELP,
    engine,
    names,
    reproduced_by,
    telling,
)
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import Steps, shown_steps

if TYPE_CHECKING:
    from fanal.engines.population.methods import Settings
    from fanal.engines.population.tables import CaptureTable


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Le tableau des listes.")
@click.option("--method", type=click.Choice(NAMES), default="all", help="La méthode, ou toutes.")
@click.option(
    "--bootstrap", type=click.IntRange(0), default=None, metavar="N",
    help="Nombre de tirages des intervalles ; 20 000 par défaut, ce qu'il faut pour publier.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help=SEED_HELP)
@click.option("--lists", callback=names, metavar="A,B,…", help="Les colonnes qui sont des listes.")
@click.option(
    "--strata",
    metavar="COLONNE",
    help="Estime chaque valeur en s'aidant des autres, et leur somme.",
)
@click.option(
    "--missed-links", type=click.FloatRange(0, 1), default=0.0, metavar="TAUX",
    help="La part des liens qui n'ont pas été faits.",
)  # fmt: skip
@click.option(
    "--false-links", type=click.FloatRange(0, 1), default=0.0, metavar="TAUX",
    help="La part des liens faits à tort.",
)  # fmt: skip
@click.option("--protected", is_flag=True, help="Lit les cases protégées, écrites bas..haut.")
@click.option("--about", type=FILE, metavar="FICHIER.toml", help="Ce qu'il faut dire des listes.")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def estimate(
    *,
    file: Path,
    method: str,
    bootstrap: int | None,
    seed: int,
    lists: list[str] | None,
    strata: str | None,
    missed_links: float,
    false_links: float,
    protected: bool,
    about: Path | None,
    as_json: bool,
) -> None:
    """
    Estime combien de personnes il y a en tout, d'après celles que les listes ont vues.

    Le fichier a une colonne de 0 et de 1 par liste et une colonne « count », ou une ligne par
    personne. Une méthode qui n'a pas de réponse dit pourquoi.
    """
    with shown_steps() as steps, engine():
        from fanal.engines.population.methods import Settings
        from fanal.engines.population.reading import read_strata
        from fanal.engines.population.resampling import DRAWS_TO_PUBLISH

        steps("Lecture")
        tables = read_strata(file, strata=strata, lists=lists, told=steps.count)
        settings = Settings(
            replicates=DRAWS_TO_PUBLISH if bootstrap is None else bootstrap,
            seed=seed,
            missed_links=missed_links,
            false_links=false_links,
            protected=protected,
        )
        if strata is None:
            told = _whole(tables[""], method, settings, about, steps)
        else:
            told = _by_stratum(tables, method, settings, steps)
    _tell(told, as_json=as_json)


def _whole(
    table: "CaptureTable", method: str, settings: "Settings", about: Path | None, steps: Steps
) -> list[dict[str, Any]]:
    from fanal.engines.population.methods import ask, named
    from fanal.engines.population.publishing.about import read_about
    from fanal.engines.population.publishing.dossier import draw_up

    declared = read_about(about, table.lists) if about else None
    answers = ask(table, named(method, table), settings, told=telling(steps))
    dossier = draw_up(table, answers, about=declared, reproduced_by=reproduced_by(settings.seed))
    ready = {"publishable": dossier.publishable, "missing": list(dossier.missing)}
    return [answer.as_json() | ready for answer in answers]


def _by_stratum(
    tables: "dict[str, CaptureTable]", method: str, settings: "Settings", steps: Steps
) -> list[dict[str, Any]]:
    from fanal.engines.population.methods import ask_strata

    told = ask_strata(tables, method, settings, told=telling(steps))
    return [{"stratum": name} | answer.as_json() | {"publishable": False} for name, answer in told]


def _tell(told: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    from fanal.engines.population.wording import number

    for one in told:
        name = " · ".join(filter(None, (one.get("stratum"), one["method"])))
        if one["refused"]:
            click.echo(f"{name:<24} pas de réponse : {one['refused']['message']}")
            continue
        limits = (
            f"de {number(one['lower'])} à {number(one['upper'])}"
            if one["lower"] is not None
            else "sans intervalle"
        )
        click.echo(f"{name:<24} {number(one['estimate']):>9}  {limits}  {one['model'] or ''}")
        for warning in one["warnings"]:
            say(f"  {one['method']} : {warning}")
    if told:
        say("Une estimation n'est publiable qu'avec ses dix-sept pièces : fanal population report.")
