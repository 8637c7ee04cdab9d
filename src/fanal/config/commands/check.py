"""``fanal check``: what is well and what is not, one line each."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from fanal.config.commands.deployment import deployment
from fanal.config.commands.findings import Finding, State
from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.steps import shown_steps
from fanal.config.database import (
    APPLICATION_URL,
    Addresses,
    close_connections,
    connected,
    dangers_of_role,
    pending_migrations,
    prepare,
    reach_database,
    set_up_django,
)
from fanal.config.postgres.roles import EXTENSIONS
from fanal.extras import EXTRAS
from fanal.ground.errors import Refusal


@click.command(cls=FrenchCommand)
@click.option("--deploy", is_flag=True, help="Contrôle aussi les réglages de mise en service.")
def check(*, deploy: bool) -> int:
    """
    Dit ce qui va et ce qui ne va pas.

    Une base nommée par DATABASE_URL est regardée sans être modifiée. Le code de sortie est 1 dès
    qu'une ligne est à corriger.
    """
    try:
        with _base_to_look_at() as addresses:
            findings = [*_database(addresses), *_reference(), *_extras()]
            if deploy:
                findings += deployment()
    except Refusal as refusal:
        findings = [Finding("Base de données", State.WRONG, refusal.message), *_extras()]
    _show(findings)
    return int(any(finding.state is State.WRONG for finding in findings))


@contextmanager
def _base_to_look_at() -> Iterator[Addresses]:
    """The private base made ready like everywhere; another's, as it is."""
    with shown_steps() as steps, reach_database(steps) as addresses:
        set_up_django()
        try:
            if addresses.private:
                prepare(addresses, steps)
            steps.end()
            yield addresses
        finally:
            close_connections()


def _database(addresses: Addresses) -> Iterator[Finding]:
    with connected(addresses.application) as application:
        version = application.info.server_version // 10_000
    place = "privée" if addresses.private else f"nommée par {APPLICATION_URL}"
    yield Finding("Base de données", State.WELL, f"PostgreSQL {version}, {place}")
    dangers = dangers_of_role(addresses)
    yield Finding(
        "Rôle de l'application",
        State.WRONG if dangers else State.WELL,
        " ; ".join(dangers) or f"« {addresses.application_role} » ne possède rien",
    )
    with connected(addresses.owner) as owner:
        known = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
    absent = [name for name in EXTENSIONS if name not in known]
    yield Finding(
        "Extensions",
        State.WRONG if absent else State.WELL,
        f"absentes : {', '.join(absent)}" if absent else ", ".join(EXTENSIONS),
    )
    waiting = pending_migrations()
    yield Finding(
        "Migrations",
        State.WRONG if waiting else State.WELL,
        f"{len(waiting)} à appliquer : lancez fanal up" if waiting else "à jour",
    )
    if not waiting:
        yield from _definitions()


def _definitions() -> Iterator[Finding]:
    from fanal.ground.schema.applying import changed_files
    from fanal.ground.schema.drift import find_drift

    drift = find_drift(using="owner")
    said = [
        *(f"{file.path} à reprendre : lancez fanal up" for file in changed_files(using="owner")),
        *(f"{one} absente : lancez fanal up" for one in drift.in_no_database),
        *(f"{one} n'est dans aucun fichier" for one in drift.in_no_file),
    ]
    yield Finding(
        "Fonctions et règles de la base",
        State.WRONG if said else State.WELL,
        " ; ".join(said) or "à jour",
    )


def _reference() -> Iterator[Finding]:
    from django.db import DatabaseError, models

    from fanal.ground.deadlines.models import DeadlineRule
    from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court

    tables: list[type[models.Model]] = [ChildWelfareAuthority, Court, Commune, DeadlineRule]
    for table in tables:
        subject = str(table._meta.verbose_name_plural).capitalize()
        try:
            count = table._default_manager.count()
        except DatabaseError:
            count = 0
        yield Finding(
            subject,
            State.WELL if count else State.WRONG,
            f"{count:,}".replace(",", "\u202f") if count else "rien n'est chargé",
        )


def _extras() -> Iterator[Finding]:
    for one in EXTRAS:
        yield Finding(
            f"fanal[{one.name}] (facultatif)",
            State.NOTE if one.missing else State.WELL,
            f"absent : {one.without} ; {one.install}" if one.missing else "installé",
        )


def _show(findings: list[Finding]) -> None:
    width = max(len(finding.subject) for finding in findings)
    for one in findings:
        click.echo(f"{one.state.value:<10}  {one.subject:<{width}}  {one.detail}")
