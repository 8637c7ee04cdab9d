"""``fanal release``: publish tables that betray nobody, and attack what was published."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.needing import need
from fanal.config.commands.steps import shown_steps
from fanal.ground.errors import Refusal

# Some attack learns too much.
FOUND = 1


class Unreleased(Refusal):
    """The engine's own words, in French."""


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "spec", metavar="DEMANDE.toml", type=click.Path(path_type=Path), help="Ce qu'il faut publier."
)
@click.option(
    "--data",
    metavar="FICHIER",
    required=True,
    type=click.Path(path_type=Path),
    help="CSV : une ligne par personne, ou des comptes. Rien n'en sort tel quel.",
)
@click.option(
    "--out",
    metavar="DOSSIER",
    required=True,
    type=click.Path(path_type=Path),
    help="Le dossier de la publication ; il ne doit pas exister.",
)
@click.option(
    "--ledger",
    metavar="REGISTRE",
    required=True,
    type=click.Path(path_type=Path),
    help="Le dossier du registre de tout ce qui a été publié.",
)
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def build(*, spec: Path, data: Path, out: Path, ledger: Path, as_json: bool) -> None:
    """
    Protège des tableaux, les attaque avec toutes les publications passées, puis les publie.

    Une publication dont une attaque réussit est refusée : rien n'est écrit. Le code de sortie est
    alors 2.
    """
    with engine(), shown_steps() as steps:
        from fanal.engines.disclosure.release.building import build as build_release

        made = build_release(spec, data, out, ledger, progress=steps)
    answer = made.as_json()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    click.echo(f"Publication prête : {out}")
    if answer["cells"]:
        click.echo(f"Cases : {answer['cells']}, dont masquées : {answer['hidden']}.")
    for sentence in made.outcome.told:
        click.echo(f"  {sentence}")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "folders",
    metavar="DOSSIER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help="Une publication, ou plusieurs de la même série.",
)
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def attack(*, folders: tuple[Path, ...], as_json: bool) -> int:
    """
    Attaque des publications ensemble, comme leur lecteur le pourrait.

    N'a besoin ni des données ni du registre. Le code de sortie est 1 si une attaque réussit.
    """
    with engine(), shown_steps() as steps:
        from fanal.engines.disclosure.release.pages import TRIED
        from fanal.engines.disclosure.release.reading import attack_folders

        steps("Attaques")
        releases, verdict = attack_folders(folders)
    names = [one.name for one in releases]
    if as_json:
        found = verdict.as_json() if verdict else {"sound": True, "attacks": {}}
        click.echo(json.dumps({"releases": names, **found}, ensure_ascii=False, indent=2))
    elif verdict is None:
        click.echo("Aucun chiffre exact ou borné : rien à soustraire.")
    else:
        click.echo(f"Publications attaquées ensemble : {', '.join(names)}.")
        for name, label in TRIED.items():
            click.echo(f"  {label} : {verdict.found[name]} sur {verdict.tried[name]}")
        click.echo("Aucune attaque ne réussit." if verdict.sound else "Des attaques réussissent.")
    return 0 if verdict is None or verdict.sound else FOUND


@contextmanager
def engine() -> Iterator[None]:
    """
    Raises:
        MissingExtra: its libraries are not installed.
        Unreleased: what the engine refuses.
    """
    need("disclosure")
    from fanal.engines.disclosure.release.refusals import NotReleased

    try:
        yield
    except NotReleased as refused:
        raise Unreleased(refused.message) from None
