"""``fanal spaces``: the directory of places."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from fanal.config.commands.concerns import look_at
from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database
from fanal.config.commands.writing import whole_file

# Some lines were refused.
NOT_ALL = 1


@click.command("import", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "file",
    metavar="[FICHIER]",
    required=False,
    type=click.Path(path_type=Path),
    help="CSV, ou JSON (HSDS, data·inclusion). Par défaut, l'annuaire de départ, livré avec Fanal.",
)
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def import_them(*, file: Path | None, as_json: bool) -> None:
    """
    Met dans l'annuaire les lieux d'un fichier.

    Tout y est « à confirmer » : téléphones, sites, adresses et horaires ne se montrent qu'une fois
    confirmés par une personne ; un lieu nouveau d'un fichier JSON n'est montré à personne. Une case
    refusée est dite avec sa ligne et sa colonne. Le même fichier peut être importé deux fois : rien
    n'est doublé, rien de confirmé n'est défait.
    """
    if file is not None:
        look_at(file)
    with open_database() as steps:
        from fanal.prevent.spaces.formats.files import records_of
        from fanal.prevent.spaces.importing import STARTING, lines_of
        from fanal.prevent.spaces.use_cases import import_directory, import_records

        read = file or STARTING
        steps(f"Import de {read.name}")
        if read.suffix == ".json":
            done = import_records(records_of(read), now=moment())
        else:
            done = import_directory(lines_of(read), now=moment())
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"Ajoutés : {done.added} ; changés : {done.changed} ; "
            f"inchangés : {done.unchanged} ; cases refusées : {len(done.refused)}."
        )
        for cell in done.refused:
            click.echo(f"  {cell}")
    if done.refused:
        raise SystemExit(NOT_ALL)


@click.command("bounces", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "path",
    metavar="FICHIER|DOSSIER",
    type=click.Path(path_type=Path),
    help="Un rapport de remise (RFC 3464, .eml), ou un dossier qui en contient.",
)
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def read_bounces(*, path: Path, as_json: bool) -> None:
    """
    Lit les courriels revenus, et marque les adresses de contact qui ne répondent plus.

    Seul un refus définitif compte. Le lieu n'est ni changé ni caché : il monte dans la liste « à
    vérifier d'abord ». Le même rapport peut être lu deux fois. Aucune adresse n'est écrite ici.
    """
    if not path.exists():
        raise click.UsageError(f"{path} n'existe pas.")
    with open_database() as steps:
        from fanal.prevent.spaces.freshness.bounces import NotAReport, read_report, reports_in
        from fanal.prevent.spaces.freshness.doubting import mark_bounces

        steps("Lecture des rapports")
        bounces, refused, read = [], [], 0
        for one in reports_in(path):
            try:
                bounces += read_report(one)
                read += 1
            except NotAReport as refusal:
                refused.append({"file": one.name, "why": refusal.message})
        marked, unknown = mark_bounces(bounces, now=moment())
    told = {"read": read, "marked": marked, "unknown": len(unknown), "refused": refused}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"Rapports lus : {read} ; lieux marqués : {marked} ; "
            f"adresses inconnues de l'annuaire : {len(unknown)}."
        )
        for fault in refused:
            click.echo(f"  {fault['file']} : {fault['why']}")
    if refused:
        raise SystemExit(NOT_ALL)


@click.command("export", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(["hsds", "data-inclusion"]),
    default="hsds",
    help="hsds ou data-inclusion.",
)
@click.option(
    "--whole",
    "kept_in",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tout l'annuaire, lieux cachés et mots non confirmés compris, dans ce fichier.",
)
def export_them(*, wanted: str, kept_in: Path | None) -> None:
    """
    Écrit en JSON les lieux que tout le monde peut connaître.

    Rien de ce que personne n'a confirmé n'y est, ni lieu des professionnels, ni lieu caché. Avec
    --whole, tout y est, et ce qui vient d'un fichier ressort tel qu'il est venu : ce fichier-là
    n'est lisible que de vous, et ne se publie pas.
    """
    with open_database():
        from fanal.prevent.spaces.formats.files import written, written_whole

        write = written_whole if kept_in else written
        text = json.dumps(write(wanted, on=moment().date()), ensure_ascii=False, indent=1)
    if kept_in is None:
        click.echo(text)
        return
    with whole_file(kept_in) as file:
        file.write(text.encode("utf-8"))
    click.echo(f"Annuaire entier écrit dans {kept_in.name}.")


@click.command("sheets", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument(
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Où écrire les feuilles ; il est créé s'il manque.",
)
@click.option(
    "--site",
    default="",
    help="L'adresse où revenir, comme on la tape : « aide.exemple.fr/trouver ».",
)
def print_sheets(*, folder: Path, site: str) -> None:
    """
    Imprime la feuille de poche de chaque département, en PDF.

    Une page A4 d'un seul côté, à plier en huit. Elle ne porte que des lieux publics, dont une
    personne a confirmé le téléphone ou l'adresse depuis moins de six mois.
    """
    with open_database() as steps:
        from fanal.prevent.spaces.sheets.printing import all_sheets

        steps("Feuilles de poche")
        written = [
            _write(made(folder) / f"{code}.pdf", pdf)
            for code, pdf in all_sheets(now=moment(), site=site)
        ]
    click.echo(f"Feuilles écrites : {len(written)}.")


def _write(path: Path, pdf: bytes) -> Path:
    with whole_file(path, mode=0o644) as file:
        file.write(pdf)
    return path


def made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{folder} ne se crée pas : {error.strerror}.") from None
    return folder
