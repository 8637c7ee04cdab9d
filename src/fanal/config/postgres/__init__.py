"""A private PostgreSQL, started from whichever binaries the machine has."""

from fanal.config.postgres.roles import APPLICATION, DATABASE, OWNER
from fanal.config.postgres.server import PrivateServer, join_private_server
from fanal.config.postgres.trials import TrialServer, start_for_tests

__all__ = [
    "APPLICATION",
    "DATABASE",
    "OWNER",
    "PrivateServer",
    "TrialServer",
    "join_private_server",
    "start_for_tests",
]
