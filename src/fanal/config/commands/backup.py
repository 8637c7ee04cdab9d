"""``fanal backup``: sealed copies of the database, proved by restoring them."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps
from fanal.config.folders import state_folder

if TYPE_CHECKING:
    from fanal.config.backups.keys import Secret
    from fanal.config.backups.manifest import Manifest
    from fanal.config.database import Addresses

Command = Callable[..., None]


def _options(command: Command) -> Command:
    """What the three commands share."""
    passphrase = click.option(
        "--passphrase", is_flag=True, help="Demande une phrase de passe au lieu du fichier de clé."
    )
    as_json = click.option(
        "--json", "as_json", is_flag=True, help="Un document JSON, pour un programme."
    )
    return passphrase(as_json(command))


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", required=False, type=click.Path(path_type=Path), help="Fichier à écrire.")
@_options
def create(*, file: Path | None, passphrase: bool, as_json: bool) -> None:
    """
    Écrit une sauvegarde scellée de la base.

    La clé est celle du fichier nommé par FANAL_BACKUP_KEY. Les clés des colonnes scellées n'y
    sont pas : gardez-les à part, elles aussi.
    """
    from fanal.config.backups.making import make_backup
    from fanal.config.database import reach_database

    path = file or _default_path()
    secret = _secret(passphrase=passphrase, confirm=True)
    with shown_steps() as steps, reach_database(steps) as addresses:
        manifest = make_backup(owner_url=addresses.owner, path=path, secret=secret, progress=steps)
    _tell(path, manifest, as_json=as_json, word="Sauvegarde écrite")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", type=click.Path(path_type=Path), help="Sauvegarde à relire.")
@_options
def verify(*, file: Path, passphrase: bool, as_json: bool) -> None:
    """
    Restaure la sauvegarde dans une base à part et compare chaque ligne.

    La base en service n'est pas touchée.
    """
    from fanal.config.backups.restoring import Backup, verify_backup
    from fanal.config.database import reach_database

    backup = Backup(file, _secret(passphrase=passphrase))
    backup.manifest()
    with shown_steps() as steps, reach_database(steps) as addresses:
        manifest = verify_backup(backup=backup, addresses=addresses, progress=steps)
    _tell(file, manifest, as_json=as_json, word="Sauvegarde conforme")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", type=click.Path(path_type=Path), help="Sauvegarde à restaurer.")
@click.option("--replace", is_flag=True, help="Remplace une base qui n'est pas vide.")
@_options
def restore(*, file: Path, replace: bool, passphrase: bool, as_json: bool) -> None:
    """
    Restaure la sauvegarde, tout ou rien.

    Elle est relue à côté, comparée, mise à jour, puis prend la place de la base. Les effacements
    faits depuis sont refaits.
    """
    from fanal.config.backups.restoring import Backup, restore_backup
    from fanal.config.database import reach_database

    backup = Backup(file, _secret(passphrase=passphrase))
    backup.manifest()
    with shown_steps() as steps, reach_database(steps) as addresses:
        manifest = restore_backup(
            backup=backup,
            addresses=addresses,
            replace=replace,
            finish=lambda beside: _finish(addresses, beside, steps),
            progress=steps,
        )
    _tell(file, manifest, as_json=as_json, word="Sauvegarde restaurée")


def _finish(replaced: "Addresses", beside: "Addresses", progress: Callable[[str], None]) -> None:
    """Bring the restored database up to this version, under the addresses that settings read."""
    from fanal.config.database import APPLICATION_URL, OWNER_URL, close_connections, set_up_django

    former = {name: os.environ.get(name, "") for name in (APPLICATION_URL, OWNER_URL)}
    os.environ |= {APPLICATION_URL: beside.application, OWNER_URL: beside.owner}
    try:
        set_up_django()
        from fanal.config.backups.finishing import bring_up_to_date, erasures_in

        bring_up_to_date(
            application_role=beside.application_role,
            known=erasures_in(replaced.owner),
            progress=progress,
        )
    finally:
        close_connections()
        os.environ |= former


def _secret(*, passphrase: bool, confirm: bool = False) -> "Secret":
    from fanal.config.backups.keys import secret_of

    if not passphrase:
        return secret_of(None)
    typed: str = click.prompt(
        "Phrase de passe", hide_input=True, err=True, confirmation_prompt=confirm
    )
    return secret_of(typed)


def _default_path() -> Path:
    moment = datetime.now(tz=UTC).strftime("%Y%m%d-%H%M%S")
    return state_folder() / "backups" / f"fanal-{moment}.fanal"


def _tell(path: Path, manifest: "Manifest", *, as_json: bool, word: str) -> None:
    facts: dict[str, Any] = {
        "file": str(path),
        "bytes": path.stat().st_size,
        "made_at": manifest.made_at,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(str(path))
    say(
        f"{word} : {facts['tables']} tables, {facts['rows']} lignes, "
        f"{facts['bytes'] / 1_000_000:.1f} Mo.".replace(".", ",", 1)
    )
