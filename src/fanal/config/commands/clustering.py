"""``fanal clustering``: what texts share, and which go together."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps

if TYPE_CHECKING:
    from fanal.engines.clustering.reading import Texts

FILE = click.Path(path_type=Path, dir_okay=False)
EXTRA = (
    "Ce calcul a besoin de bibliothèques qui ne sont pas installées : "
    "pip install 'fanal[clustering]', ou make install."
)
ID_HELP, TEXT_HELP = "Ce qui nomme chaque texte.", "La colonne des textes."


@contextmanager
def engine(file: Path, out: Path) -> Iterator[None]:
    """What the engine cannot read, or lacks, is one French line."""
    try:
        import numba
        import phonenumbers
    except ImportError:
        raise click.ClickException(EXTRA) from None
    del numba, phonenumbers
    from fanal.engines.clustering.refusals import UnreadableTexts

    if out.resolve() == file.resolve():
        raise click.ClickException(f"{out} est lu : écrivez ailleurs.")
    try:
        yield
    except UnreadableTexts as error:
        raise click.ClickException(str(error)) from None


def _read(file: Path, name: str, text: str) -> "Texts":
    from fanal.engines.clustering.reading import read_texts

    return read_texts(file, name=name, text=text)


def _write(out: Path, titles: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    from fanal.config.commands.writing import write_whole

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    write_whole(out, written.getvalue())


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@click.option("--id", "name", default="id", metavar="COLONNE", help=ID_HELP)
@click.option("--text", default="text", metavar="COLONNE", help=TEXT_HELP)
@click.option("--out", type=FILE, required=True, metavar="contacts.csv", help="Ce qui est écrit.")
def extract(*, file: Path, name: str, text: str, out: Path) -> None:
    """
    Sort de chaque texte ses téléphones, pseudonymes, adresses et liens, et écrit id,kind,value.

    Un numéro écrit en lettres, sur plusieurs lignes ou avec d'autres signes est lu comme un
    lecteur le lirait. Les téléphones sont au format international (E.164).
    """
    with shown_steps() as steps, engine(file, out):
        from fanal.engines.clustering.contacts.extracting import contacts

        steps("Lecture")
        read = _read(file, name, text)
        steps("Contacts")
        rows = [
            (called, one.kind, one.value)
            for called, said in zip(read.names, read.texts, strict=True)
            for one in contacts(said)
        ]
        steps("Écriture")
        _write(out, ("id", "kind", "value"), rows)
    say(f"{len(rows)} contacts dans {len(read)} textes : {out}.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@click.option("--id", "name", default="id", metavar="COLONNE", help=ID_HELP)
@click.option("--text", default="text", metavar="COLONNE", help=TEXT_HELP)
@click.option("--out", type=FILE, required=True, metavar="clusters.csv", help="Ce qui est écrit.")
@click.option("--json", "as_json", is_flag=True, help="Dit aussi chaque lien, et pourquoi.")
def run(*, file: Path, name: str, text: str, out: Path, as_json: bool) -> None:
    """
    Groupe les textes qui vont ensemble, et écrit id,cluster.

    Un contact commun ne suffit pas : les textes doivent s'accorder. Avec --json, chaque lien a sa
    fiche, et chaque lien refusé sa raison. Un groupe est une piste, jamais une décision.
    """
    with shown_steps() as steps, engine(file, out):
        from fanal.engines.clustering.cards import written
        from fanal.engines.clustering.running import cluster

        steps("Lecture")
        read = _read(file, name, text)
        found = cluster(read, steps)
        steps("Fiches")
        told = written(found) if as_json else ""
        steps("Écriture")
        _write(out, ("id", "cluster"), zip(read.names, found.clusters, strict=True))
    if told:
        click.echo(told)
    say(f"{len(set(found.clusters))} groupes de {len(read)} textes : {out}.")
