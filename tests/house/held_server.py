"""
A share in the tests' PostgreSQL, held while faults are tried: it is not started for each of them.

One line in, one line out. ``keep``: the template that stands is the one without a fault.
``shape FILE``: the template of a fault in this SQL file is a copy of that one, on which the file is
applied again, as ``migrate`` would. ``tidy``: the templates of faults are removed. At the end of
the lines the share is given back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from databases import template_of
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TEMPLATE, TrialServer, start_for_tests


class Named:
    """In the place of a server, to be told the name of the template and make none."""

    @staticmethod
    def has_database(name: str) -> bool:
        return bool(name)


def main() -> None:
    server, clean = start_for_tests(), ""
    print("ready", flush=True)
    for line in sys.stdin:
        asked, _, file = line.strip().partition(" ")
        said = "done"
        match asked:
            case "keep":
                clean = name_now()
            case "shape":
                said = shape(server, clean, Path(file))
            case "tidy":
                tidy(server, clean)
        print(said, flush=True)
    server.stop()


def name_now() -> str:
    return template_of(Named())  # type: ignore[arg-type]


def shape(server: TrialServer, clean: str, file: Path) -> str:
    name = name_now()
    if name == clean:
        return f"no template is made of {file}"
    server.create_database(f"{name}_half_made", template=clean)
    try:
        with psycopg.connect(server.login_url_for(f"{name}_half_made", OWNER)) as owner:
            owner.execute("SET LOCAL check_function_bodies = off")
            owner.execute(file.read_bytes())
    except psycopg.Error as error:
        server.drop_database(f"{name}_half_made")
        return str(error).split("\n", maxsplit=1)[0]
    server.rename_database(f"{name}_half_made", name)
    return "done"


def tidy(server: TrialServer, clean: str) -> None:
    with psycopg.connect(server.url_for("postgres", OWNER)) as owner:
        held = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                             [TEMPLATE])  # fmt: skip
        names = {name for (name,) in held}
    for name in names - {clean}:
        server.drop_database(name)


if __name__ == "__main__":
    main()
