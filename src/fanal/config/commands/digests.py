"""``fanal digests``: digests of images, compared with a bank of known ones."""

from pathlib import Path

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.needing import need
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="LISTE", type=FILE, help="Les empreintes à chercher.")
@click.option("--against", type=FILE, required=True, metavar="BANQUE", help="Celles connues.")
@click.option("--out", type=FILE, required=True, metavar="liens.csv", help="Le fichier à écrire.")
def match(*, file: Path, against: Path, out: Path) -> None:
    """
    Trouve les empreintes PDQ connues à 31 bits près, toutes, et les écrit : query,match,distance.

    Une empreinte par ligne, 64 caractères hexadécimaux ; gzip est lu. Aucune image n'est lue.
    """
    need("clustering")
    from fanal.config.commands.writing import write_whole
    from fanal.engines.digests.matching import Bank
    from fanal.engines.digests.reading import read_digests
    from fanal.engines.digests.refusals import UnreadableDigests

    if out.resolve() in (file.resolve(), against.resolve()):
        raise click.ClickException(f"{out} est lu : écrivez ailleurs.")
    with shown_steps() as steps:
        steps("Lecture")
        try:
            asked, known = read_digests(file), read_digests(against)
        except UnreadableDigests as error:
            raise click.ClickException(str(error)) from None
        steps("Index")
        bank = Bank(known)
        steps("Recherche")
        lines = [
            f"{one.query},{one.match},{one.distance}\n"
            for one in bank.matches(asked, told=steps.count)
        ]
        steps("Écriture")
        write_whole(out, "query,match,distance\n" + "".join(lines))
    say(f"{len(lines)} liens, de {len(asked)} empreintes à {len(known)} connues : {out}.")
