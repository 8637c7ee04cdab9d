"""The database that the environment names, or the private server; and a line to it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict

from fanal.config.postgres import APPLICATION, OWNER, join_private_server
from fanal.ground.errors import Refusal

# Told, in French, what begins.
Progress = Callable[[str], None]
APPLICATION_URL = "DATABASE_URL"
OWNER_URL = "DATABASE_OWNER_URL"


class HalfNamed(Refusal):
    message = (
        "DATABASE_URL et DATABASE_OWNER_URL vont ensemble : le rôle de l'application, "
        "et celui qui possède les tables et les migre."
    )


class BadAddress(Refusal):
    """What the environment holds is no address of a database."""


class Unreachable(Refusal):
    """The database named by the environment does not answer."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two ways into one database. ``private``: on the server that Fanal starts itself."""

    application: str
    owner: str
    private: bool

    @property
    def application_role(self) -> str:
        return str(conninfo_to_dict(self.application).get("user", ""))

    @property
    def owner_role(self) -> str:
        return str(conninfo_to_dict(self.owner).get("user", ""))


@contextmanager
def reach_database(progress: Progress) -> Iterator[Addresses]:
    """
    The database that the environment names, else the private server, started if none runs.

    The two addresses are in the environment inside the block, for Django's settings to read: no
    module of Django's may be imported with settings before.

    Raises:
        HalfNamed: one address of the two is missing.
        BadAddress: one of them cannot be read.
        Unreachable: a database named by the environment does not answer.
    """
    application, owner = _named(APPLICATION_URL), _named(OWNER_URL)
    if application and owner:
        progress("Base de données")
        yield Addresses(application, owner, private=False)
        return
    if application or owner:
        raise HalfNamed
    progress("PostgreSQL")
    server = join_private_server()
    addresses = Addresses(server.url_for(APPLICATION), server.url_for(OWNER), private=True)
    os.environ |= {APPLICATION_URL: addresses.application, OWNER_URL: addresses.owner}
    try:
        yield addresses
    finally:
        for name in (APPLICATION_URL, OWNER_URL):
            os.environ.pop(name, None)
        server.stop()


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """
    A connection outside Django, every statement its own transaction.

    Raises:
        Unreachable: the database does not answer.
    """
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        where = conninfo_to_dict(url)
        said = str(error).strip().splitlines()
        raise Unreachable(
            f"La base « {where.get('dbname', '')} » ne répond pas au rôle "
            f"« {where.get('user', '')} » : {said[-1] if said else 'aucune réponse'}"
        ) from None
    with connection:
        yield connection


def _named(variable: str) -> str:
    url = os.environ.get(variable, "").strip()
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise BadAddress(
            f"{variable} n'est pas une adresse PostgreSQL : écrivez "
            "postgresql://rôle:motdepasse@machine/base."
        ) from None
    return url
