"""
A share in the tests' PostgreSQL, held while faults are tried: it is not started for each of them.

A line in: the templates that faults had made are removed. The end of the lines: the share is given
back.
"""

from __future__ import annotations

import sys

from fanal.config.postgres.trials import TEMPLATE, TrialServer, start_for_tests


def main() -> None:
    server = start_for_tests()
    kept: set[str] = set()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "keep":
            kept = _templates(server)
        else:
            for name in _templates(server) - kept:
                server.drop_database(name)
        print("done", flush=True)
    server.stop()


def _templates(server: TrialServer) -> set[str]:
    with server._as_owner() as owner:
        named = owner.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE]
        )
        return {name for (name,) in named}


if __name__ == "__main__":
    main()
