"""``fanal clustering``: what texts share."""

import csv
import io
from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps

FILE = click.Path(path_type=Path, dir_okay=False)
EXTRA = (
    "Ce calcul a besoin de bibliothèques qui ne sont pas installées : "
    "pip install 'fanal[clustering]', ou make install."
)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Un texte par ligne.")
@click.option("--id", "name", default="id", metavar="COLONNE", help="Ce qui nomme chaque texte.")
@click.option("--text", default="text", metavar="COLONNE", help="La colonne des textes.")
@click.option("--out", type=FILE, required=True, metavar="contacts.csv", help="Ce qui est écrit.")
def extract(*, file: Path, name: str, text: str, out: Path) -> None:
    """
    Sort de chaque texte ses téléphones, pseudonymes, adresses et liens, et écrit id,kind,value.

    Un numéro écrit en lettres, sur plusieurs lignes ou avec d'autres signes est lu comme un
    lecteur le lirait. Les téléphones sont au format international (E.164).
    """
    try:
        import phonenumbers
    except ImportError:
        raise click.ClickException(EXTRA) from None
    del phonenumbers
    from fanal.config.commands.writing import write_whole
    from fanal.engines.clustering.contacts.extracting import contacts
    from fanal.engines.clustering.reading import read_texts
    from fanal.engines.clustering.refusals import UnreadableTexts

    if out.resolve() == file.resolve():
        raise click.ClickException(f"{out} est lu : écrivez ailleurs.")
    with shown_steps() as steps:
        steps("Lecture")
        try:
            read = read_texts(file, name=name, text=text)
        except UnreadableTexts as error:
            raise click.ClickException(str(error)) from None
        steps("Contacts")
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(("id", "kind", "value"))
        found = 0
        for called, said in zip(read.names, read.texts, strict=True):
            rows = [(called, one.kind, one.value) for one in contacts(said)]
            writer.writerows(rows)
            found += len(rows)
        steps("Écriture")
        write_whole(out, written.getvalue())
    say(f"{found} contacts dans {len(read)} textes : {out}.")
