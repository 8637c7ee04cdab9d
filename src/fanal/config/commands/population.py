"""``fanal population``: how many people no list has seen."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import Steps, shown_steps

if TYPE_CHECKING:
    from fanal.engines.population.methods import Settings
    from fanal.engines.population.tables import CaptureTable

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
NAMES = (
    "stepwise", "bic", "aic", "average", "dga", "latent", "chao", "independence", "darroch",
    "poisson", "gamma", "aicc", "all_pairs", "coverage_low", "coverage_high", "chapman", "all",
)  # fmt: skip
SHOWN_EVERY = 5000
JSON_HELP = "Un document JSON, pour un programme."
SEED_HELP = "La graine des tirages ; la même redonne les mêmes bornes."
EXTRA = (
    "Ce calcul a besoin de bibliothèques qui ne sont pas installées : "
    "pip install 'fanal[population]', ou make install."
)


@contextmanager
def _engine() -> Iterator[None]:
    """What the engine cannot read, or lacks, is one French line."""
    try:
        import numba
        import scipy
    except ImportError:
        raise click.ClickException(EXTRA) from None
    del numba, scipy
    from fanal.engines.population.refusals import UnreadableTable

    try:
        yield
    except UnreadableTable as error:
        raise click.ClickException(str(error)) from None


def _lists(_ctx: click.Context, _param: click.Parameter, text: str | None) -> list[str] | None:
    return [name.strip() for name in text.split(",")] if text else None


def _numbers(_ctx: click.Context, _param: click.Parameter, text: str) -> list[int]:
    try:
        return [int(number) for number in text.split(",")]
    except ValueError:
        raise click.ClickException(f"« {text} » : des nombres entiers, sans espace.") from None


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Le tableau des listes.")
@click.option("--method", type=click.Choice(NAMES), default="all", help="La méthode, ou toutes.")
@click.option(
    "--bootstrap", type=click.IntRange(0), default=None, metavar="N",
    help="Nombre de tirages des intervalles ; 20 000 par défaut, ce qu'il faut pour publier.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help=SEED_HELP)
@click.option("--lists", callback=_lists, metavar="A,B,…", help="Les colonnes qui sont des listes.")
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
    with shown_steps() as steps, _engine():
        from fanal.engines.population.limits.resampling import DRAWS_TO_PUBLISH
        from fanal.engines.population.methods import Settings
        from fanal.engines.population.reading import read_strata

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
    answers = ask(table, named(method, table), settings, told=_telling(steps))
    dossier = draw_up(table, answers, about=declared, reproduced_by=_reproduced_by(settings.seed))
    ready = {"publishable": dossier.publishable, "missing": list(dossier.missing)}
    return [answer.as_json() | ready for answer in answers]


def _by_stratum(
    tables: "dict[str, CaptureTable]", method: str, settings: "Settings", steps: Steps
) -> list[dict[str, Any]]:
    from fanal.engines.population.methods import ask_strata

    told = ask_strata(tables, method, settings, told=_telling(steps))
    return [{"stratum": name} | answer.as_json() | {"publishable": False} for name, answer in told]


def _telling(steps: Steps) -> Callable[[str], Callable[[int, int], None] | None]:
    def told(method: str) -> Callable[[int, int], None]:
        steps(method)
        return lambda done, _of: steps.count(done) if done % SHOWN_EVERY == 0 else None

    return told


def _version() -> str:
    from importlib.metadata import version

    return f"fanal {version('fanal')}"


def _command() -> str:
    return " ".join(["fanal", *sys.argv[1:]])


def _reproduced_by(seed: int) -> str:
    return f"{_version()}, graine {seed}, « {_command()} »."


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


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Le tableau des listes.")
@click.option("--out", type=FILE, required=True, metavar="rapport.html", help="La page à écrire.")
@click.option("--title", metavar="TITRE", help="Le titre de la page ; par défaut, le fichier.")
@click.option("--about", type=FILE, metavar="FICHIER.toml", help="Ce qu'il faut dire des listes.")
@click.option(
    "--asked", callback=_numbers, default="7000,10000", metavar="N,…",
    help="Les nombres dont on veut savoir ce qu'ils supposent ; par défaut 7000,10000.",
)  # fmt: skip
@click.option("--lists", callback=_lists, metavar="A,B,…", help="Les colonnes qui sont des listes.")
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
    with shown_steps() as steps, _engine():
        from fanal.config.commands.writing import write_whole
        from fanal.engines.population.limits.resampling import DRAWS_TO_PUBLISH
        from fanal.engines.population.methods import Settings
        from fanal.engines.population.publishing.about import read_about
        from fanal.engines.population.reading import read_strata
        from fanal.engines.population.reporting.drawing_up import report_on
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
            version=_version(),
            command=_command(),
            told=_telling(steps),
        )
        steps("Écriture")
        write_whole(out, page)
    say(f"{out} est écrit.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("folder", metavar="DOSSIER", type=FOLDER, help="Les tableaux et la référence.")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def verify(*, folder: Path, as_json: bool) -> int:
    """
    Refait chaque ligne de DOSSIER/reference_r.csv dont la méthode est connue.

    Le code de sortie est 1 dès qu'une ligne est hors de sa tolérance.
    """
    with shown_steps() as steps, _engine():
        from fanal.engines.population.verification import OUTSIDE, verify_folder

        steps("Lignes refaites")
        rows = verify_folder(folder, told=steps.count)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(f"{row.verdict:<18} {row.dataset:<30} {row.method:<32} {row.reason}")
    outside = sum(row.verdict == OUTSIDE for row in rows)
    say(f"{len(rows)} lignes, {outside} hors tolérance.")
    return int(outside > 0)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--population", type=int, required=True, metavar="N", help="Le nombre supposé.")
@click.option("--rates", required=True, metavar="0.1,0.2,…", help="La part que voit chaque liste.")
@click.option("--seed", type=click.IntRange(0), default=1, metavar="S", help=SEED_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def design(*, population: int, rates: str, seed: int, as_json: bool) -> int:
    """Dit l'intervalle à attendre, avant de demander la moindre donnée."""
    with shown_steps() as steps, _engine():
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
