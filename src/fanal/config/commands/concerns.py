"""``fanal concerns``: informations préoccupantes that come from another software."""

import json
from datetime import date
from pathlib import Path
from stat import S_ISCHR, S_ISFIFO
from typing import Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database
from fanal.config.commands.refusals import say
from fanal.config.database import is_demonstration
from fanal.ground.errors import Refusal

# Lines between two words of progress.
TOLD_EVERY = 500


# Reading stopped before the end of the file.
NOT_TO_THE_END = 1


class UnreadableFile(Refusal):
    """The file to import cannot be read."""


class NoImporter(Refusal):
    message = "Dites au nom de quelle organisation importer : --as ORGANISATION."


@click.command("import", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path), help="En JSON Lines.")
@click.option(
    "--as",
    "organisation",
    metavar="ORGANISATION",
    help="Nom court, nom exact ou référence. Par défaut, une école de la démonstration.",
)
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def import_them(*, file: Path, organisation: str | None, as_json: bool) -> None:
    """
    Importe un fichier d'informations préoccupantes, une par ligne.

    Chaque ligne acceptée reçoit un numéro de récépissé ; chaque ligne refusée est expliquée. Le
    même fichier peut être importé deux fois : rien n'est enregistré en double.
    """
    look_at(file)
    with open_database() as steps:
        from fanal.detect.concerns.importing import import_file
        from fanal.ground.agents.queries import find_organisation

        importer = find_organisation(organisation or _demonstration_school())
        steps(f"Import de {file.name}")
        report = import_file(path=file, organisation=importer, now=moment, progress=steps.count)
        answer = report.as_dict()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(summary_of(answer)))
    if report.cut_short:
        say(report.cut_short)
        raise SystemExit(NOT_TO_THE_END)


def summary_of(answer: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The report of an import, in lines for a reader."""
    counts = (
        f"Acceptées : {len(answer['accepted'])}",
        f"déjà reçues : {len(answer['replayed'])}",
        f"refusées : {len(answer['rejected'])}",
    )
    lines = [" ; ".join(counts) + "."]
    for row in answer["accepted"]:
        lines.append(f"  ligne {row['line']} : récépissé {row['receipt']}, {_holder(row)}")
    for row in answer["rejected"]:
        lines.append(f"  ligne {row['line']} refusée ({row['external_ref'] or 'sans référence'}) :")
        for field, messages in row["errors"].items():
            where = "" if field == "_line" else f"{field} : "
            lines += [f"    {where}{message}" for message in messages]
    for row in answer["possible_duplicates"]:
        receipts = ", ".join(str(receipt) for receipt in row["receipts"])
        lines.append(f"  ligne {row['line']} : peut-être le même mineur que {receipts}")
    return lines


def _holder(row: dict[str, Any]) -> str:
    due = date.fromisoformat(row["evaluation_due"])
    return f"{row['authority']['name']}, évaluation due le {due:%d/%m/%Y}"


def look_at(file: Path) -> None:
    """
    Raises:
        UnreadableFile: better said before the database is started than after.
    """
    try:
        mode = file.stat().st_mode
        if S_ISFIFO(mode) or S_ISCHR(mode):
            # What is read from a pipe is read once: the import itself will.
            return
        with file.open("rb") as content:
            content.read(1)
    except OSError as error:
        reasons: dict[type[OSError], str] = {
            FileNotFoundError: "il n'existe pas",
            IsADirectoryError: "c'est un dossier",
            PermissionError: "vous n'en avez pas le droit",
        }
        reason = reasons.get(type(error), "la lecture échoue")
        raise UnreadableFile(f"Le fichier {file} ne peut pas être lu : {reason}.") from None


def _demonstration_school() -> str:
    """
    Raises:
        NoImporter: an operating service has no demonstration school.
    """
    from fanal.ground.agents.models import Organisation
    from fanal.ground.agents.terms import OrganisationKind

    school = (
        Organisation.objects.filter(is_demonstration=True, kind=OrganisationKind.SCHOOL)
        .order_by("pk")
        .first()
    )
    if school is None or not is_demonstration():
        raise NoImporter
    return school.slug
