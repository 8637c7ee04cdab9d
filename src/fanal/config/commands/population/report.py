"""``fanal population report``: everything on one page."""

from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.population.options import (
    FILE,
    SEED_HELP,
    engine,
    names,
    numbers,
    telling,
    typed,
    version,
)
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Le tableau des listes.")
@click.option("--out", type=FILE, required=True, metavar="rapport.html", help="La page à écrire.")
@click.option("--title", metavar="TITRE", help="Le titre de la page ; par défaut, le fichier.")
@click.option("--about", type=FILE, metavar="FICHIER.toml", help="Ce qu'il faut dire des listes.")
@click.option(
    "--asked", callback=numbers, default="7000,10000", metavar="N,…",
    help="Les nombres dont on veut savoir ce qu'ils supposent ; par défaut 7000,10000.",
)  # fmt: skip
@click.option("--lists", callback=names, metavar="A,B,…", help="Les colonnes qui sont des listes.")
@click.option("--strata", metavar="COLONNE", help="Ajoute chaque valeur, et leur somme.")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help=SEED_HELP)
@click.option(
    "--bootstrap", type=click.IntRange(100), default=None, metavar="N",
    help="Nombre de tirages des intervalles ; 20 000 par défaut.",
)  # fmt: skip
def report(
    *,
    file: Path,
    out: Path,
    title: str | None,
    about: Path | None,
    asked: list[int],
    lists: list[str] | None,
    strata: str | None,
    seed: int,
    bootstrap: int | None,
) -> None:
    """
    Écrit une page qui se suffit à elle-même : chiffres, dessins, doutes, dix-sept pièces.

    Les cases de 1 à 10 personnes n'y sont pas, à moins que le fichier de --about ne dise le tableau
    déjà public.
    """
    with shown_steps() as steps, engine():
        from fanal.config.commands.writing import write_whole
        from fanal.engines.population.methods import Settings
        from fanal.engines.population.publishing.about import read_about
        from fanal.engines.population.reading import read_strata
        from fanal.engines.population.reporting.drawing_up import report_on
        from fanal.engines.population.resampling import DRAWS_TO_PUBLISH
        from fanal.engines.population.tables import together

        steps("Lecture")
        tables = read_strata(file, strata=strata, lists=lists, told=steps.count)
        table = together(tables.values())
        page = report_on(
            table,
            strata=tables if strata else None,
            about=read_about(about, table.lists) if about else None,
            settings=Settings(replicates=bootstrap or DRAWS_TO_PUBLISH, seed=seed),
            asked=asked,
            title=title or file.stem,
            version=version(),
            command=typed(),
            told=telling(steps),
        )
        steps("Écriture")
        write_whole(out, page)
    say(f"{out} est écrit.")
