"""``fanal clustering``: what texts share, and which go together."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.needing import need
from fanal.config.commands.refusals import say
from fanal.config.commands.spreading import spark_or_not, spreadable
from fanal.config.commands.steps import one_line

if TYPE_CHECKING:
    from fanal.engines.clustering.index.index import Index
    from fanal.engines.clustering.reading import Texts

FILE = click.Path(path_type=Path, dir_okay=False)
ID_HELP, TEXT_HELP = "Ce qui nomme chaque texte.", "La colonne des textes."


@contextmanager
def engine(file: Path, *outs: Path | None) -> Iterator[None]:
    """What the engine cannot read, or lacks, is one French line."""
    need("clustering")
    from fanal.engines.sheets.reading import UnreadableSheet

    paths = [path.resolve() for path in (file, *outs) if path]
    for path in paths:
        if paths.count(path) > 1:
            raise click.ClickException(f"{path.name} est déjà lu ou écrit : écrivez ailleurs.")
    try:
        yield
    except UnreadableSheet as error:
        raise click.ClickException(str(error)) from None


def _read(file: Path, name: str, text: str, known: Collection[str] = ()) -> "Texts":
    from fanal.engines.clustering.reading import read_texts

    return read_texts(file, name=name, text=text, known=known)


def _write(out: Path, titles: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    from fanal.config.commands.writing import write_whole

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    write_whole(out, written.getvalue())


ID = click.option("--id", "name", default="id", metavar="COLONNE", help=ID_HELP)
TEXT = click.option("--text", default="text", metavar="COLONNE", help=TEXT_HELP)
CLUSTERS = click.option(
    "--out", type=FILE, required=True, metavar="clusters.csv", help="Ce qui est écrit."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Dit aussi chaque lien, et pourquoi.")
PROGRESS = click.option("--progress", is_flag=True, help="Dit où il en est, même sans terminal.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@ID
@TEXT
@click.option("--out", type=FILE, required=True, metavar="contacts.csv", help="Ce qui est écrit.")
@PROGRESS
def extract(*, file: Path, name: str, text: str, out: Path, progress: bool) -> None:
    """
    Sort de chaque texte ses téléphones, pseudonymes, adresses et liens, et écrit id,kind,value.

    Un numéro écrit en lettres, sur plusieurs lignes ou avec d'autres signes est lu comme un
    lecteur le lirait. Les téléphones sont au format international (E.164).
    """
    with one_line(asked=progress) as told, engine(file, out):
        from fanal.engines.clustering.corpus import read as contacts_of

        told("Lecture")
        read = _read(file, name, text)
        rows = [
            (called, one.kind, one.value)
            for called, found in zip(
                read.names, contacts_of(read.texts, told).contacts, strict=True
            )
            for one in found
        ]
        told("Écriture")
        _write(out, ("id", "kind", "value"), rows)
    say(f"{len(rows)} contacts dans {len(read)} textes : {out}.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@ID
@TEXT
@CLUSTERS
@click.option("--save", type=FILE, metavar="INDEX", help="Un index, pour ajouter d'autres textes.")
@JSON
@PROGRESS
@spreadable
def run(
    *, file: Path, name: str, text: str, out: Path, save: Path | None, as_json: bool,
    progress: bool, where: str, master: str,
) -> None:  # fmt: skip
    """
    Groupe les textes qui vont ensemble, et écrit id,cluster.

    Un contact commun ne suffit pas : les textes doivent s'accorder. Avec --json, chaque lien a sa
    fiche, et chaque lien refusé sa raison. Un groupe est une piste, jamais une décision.
    """
    with one_line(asked=progress) as told, engine(file, out, save):
        from fanal.engines.clustering.cards import lines, shown
        from fanal.engines.clustering.running import cluster
        from fanal.engines.clustering.spark.spreading import Spread

        told("Lecture")
        read = _read(file, name, text)
        with spark_or_not(told, where, master) as spark:
            found = cluster(read, told, Spread(spark) if spark else None)
        told("Écriture")
        _write(out, ("id", "cluster"), zip(read.names, found.clusters, strict=True))
        if save:
            from fanal.engines.clustering.index.index import Index

            _save(Index.of(found), save)
    for line in lines(shown(found)) if as_json else ():
        click.echo(line)
    say(f"{len(set(found.clusters))} groupes de {len(read)} textes : {out}.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("index", metavar="INDEX", type=FILE, help="L'index que « run --save » a écrit.")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@ID
@TEXT
@CLUSTERS
@JSON
@PROGRESS
def add(
    *, index: Path, file: Path, name: str, text: str, out: Path, as_json: bool, progress: bool
) -> None:
    """
    Ajoute des textes à un index, et écrit id,cluster pour tous les siens.

    Seuls les groupes que ces textes peuvent joindre sont jugés de nouveau ; --json n'en montre pas
    d'autres. Un groupe garde son numéro ; quand deux se joignent, le plus petit reste.
    """
    with one_line(asked=progress) as told, engine(file, out, index):
        from fanal.engines.clustering.cards import lines
        from fanal.engines.clustering.index.saving import load

        told("Lecture")
        known = load(index)
        read = _read(file, name, text, set(known.names))
        told("Rapprochements")
        added = known.add(read)
        told("Écriture")
        _write(out, ("id", "cluster"), zip(known.names, known.clusters.tolist(), strict=True))
        _save(known, index)
    for line in lines(known.shown(added)) if as_json else ():
        click.echo(line)
    say(f"{len(read)} textes ajoutés, {len(known)} dans l'index : {out}.")


def _save(index: "Index", path: Path) -> None:
    from fanal.config.commands.writing import whole_file
    from fanal.engines.clustering.index.saving import save

    with whole_file(path) as file:
        save(index, file)
