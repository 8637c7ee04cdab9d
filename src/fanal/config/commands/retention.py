"""``fanal retention``: what falls due, and what is done about it."""

import json
from typing import TYPE_CHECKING

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database
from fanal.config.commands.refusals import say

if TYPE_CHECKING:
    from fanal.ground.retention.use_cases import Round

JSON_HELP = "Un document JSON, pour un programme."


@click.command("dry-run", cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def dry_run(*, as_json: bool) -> None:
    """Compte ce qui serait archivé, pseudonymisé ou effacé ; ne change rien."""
    with open_database() as steps:
        from fanal.ground.retention.use_cases import preview_retention

        steps("Lecture des dossiers")
        seen = preview_retention(now=moment())
    _tell(seen, as_json=as_json, nothing="Rien n'est échu.")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def apply(*, as_json: bool) -> int:
    """Archive, pseudonymise ou efface ce qui est échu, comme chaque nuit."""
    with open_database() as steps:
        from fanal.ground.retention.use_cases import apply_retention

        steps("Traitement de ce qui est échu")
        told = apply_retention(now=moment())
    _tell(told, as_json=as_json, nothing="Rien n'était échu.")
    return int(bool(told.failed))


def _tell(told: "Round", *, as_json: bool, nothing: str) -> None:
    held, failed = sum(told.held.values()), sum(told.failed.values())
    if as_json:
        document = {"done": told.as_lines(), "held": held, "failed": failed}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for line in told.as_lines():
        click.echo(
            f"{line['authority'] or '—':<4} {line['count']:>6}  {line['object']} : {line['then']}"
        )
    if not told.done:
        say(nothing)
    if held or failed:
        say(f"Suspendus : {held}. En échec : {failed}.")
