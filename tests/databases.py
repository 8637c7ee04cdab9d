"""The databases that tests speak to: the template that each copies, and which one answers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import psycopg

import fanal
from fanal.config.backups.programs import program, running
from fanal.config.postgres.cluster import SUPERUSER
from fanal.config.postgres.roles import APPLICATION, OWNER
from fanal.config.postgres.trials import TrialServer

PACKAGE = Path(fanal.__file__).parent
# What a template database is made of; when one of these changes, it is made again.
SHAPES = (
    "*/*/migrations/*.py",
    "*/*/sql/**/*.sql",
    "*/*/data/*.csv*",
    "*/*/data/*.json",
    "ground/access/grants.py",
)
ALIASES = ("default", "owner")


def template_of(server: TrialServer) -> str:
    """A migrated database with its reference data, made once by each server and copied."""
    digest = sha256()
    for shape in SHAPES:
        for path in sorted(PACKAGE.glob(shape)):
            digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    if not server.has_database(name):
        _make_template(server, name)
    return name


def _make_template(server: TrialServer, name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    from fanal.config.reference import load_all
    from fanal.ground.access.grants import grant_application

    server.create_database(f"{name}_half_made")
    point("owner", server.login_url_for(f"{name}_half_made", OWNER))
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grant_application(connection_alias="owner", role=APPLICATION)
    load_all(using="owner")
    connections["owner"].close()
    server.rename_database(f"{name}_half_made", name)


def carried(template: str, source: TrialServer, target: TrialServer) -> str:
    """The template of a server on another: dumped and restored, for less than migrating anew."""
    if target.has_database(template):
        return template
    # A template that somebody reads cannot be copied meanwhile: a copy of it is read.
    copy, draft = f"carried_{os.getpid()}", f"{template}_half_made"
    source.create_database(copy, template=template)
    target.create_database(draft)
    urls = [
        server.server.url_for(SUPERUSER, database=database)
        for server, database in ((source, copy), (target, draft))
    ]
    with psycopg.connect(urls[0]) as connection:
        version = connection.info.server_version // 10_000
    dump = [program("pg_dump", server=version), "--format=custom", "--compress=0"]
    restore = [program("pg_restore", server=version), "--exit-on-error", "--single-transaction"]
    with running(dump, urls[0], feed=False) as read, running(restore, urls[1], feed=True) as given:
        shutil.copyfileobj(read, given)
    drop_if_free(source, copy)
    target.rename_database(draft, template)
    return template


def drop_if_free(server: TrialServer, name: str) -> None:
    """A vacuum under way may hold it: the next start of the server removes what is left."""
    with suppress(psycopg.errors.InsufficientPrivilege):
        server.drop_database(name)


def point(alias: str, url: str) -> None:
    """From now on, this alias speaks to the database of that address."""
    from django.db import connections

    from fanal.config.environment import database

    os.environ["DATABASE_OF_TESTS"] = url
    settings = connections.settings[alias]
    settings.update(database("DATABASE_OF_TESTS"))
    connection = connections[alias]
    connection.close()
    connection.settings_dict.update(settings)


@contextmanager
def pointed_elsewhere() -> Iterator[None]:
    """Inside, aliases may be pointed at another server; after, they speak to their own again."""
    from django.db import connections

    former = {alias: dict(connections[alias].settings_dict) for alias in ALIASES}
    try:
        yield
    finally:
        for alias, settings in former.items():
            connections[alias].close()
            connections.settings[alias].update(settings)
            connections[alias].settings_dict.update(settings)
