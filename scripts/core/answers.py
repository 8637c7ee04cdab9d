"""
Run by the Python of the clean environment: what imports there, what its commands say without their
extra, what its database holds, which doors it has. Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The tests' own reading of the URL configuration; it needs Django and nothing else.
sys.path.insert(0, str(PROJECT / "tests"))
SOURCE = PROJECT / "src" / "fanal"
ENGINES = "fanal.engines."
# They are those of other instances: one needs its settings, the other the test runner.
OTHER_SETTINGS = ("fanal.config.settings.production", "fanal.config.settings.test")
# Brought by ``requirements/run.txt``.
BROUGHT = ("demo",)
WORKER_SECONDS = 60


def proof(said: str, count: int | str, faults: list[str]) -> dict[str, object]:
    return {"said": said, "count": count, "faults": faults}


def modules() -> list[str]:
    paths = (path.relative_to(SOURCE.parent).with_suffix("") for path in SOURCE.rglob("*.py"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in paths)


def fault_of(module: str) -> str:
    try:
        import_module(module)
    except Exception as error:  # noqa: BLE001  (each is told)
        return f"{module} : {type(error).__name__}: {error}"
    return ""


def imports() -> list[dict[str, object]]:
    from fanal.config.database import set_up_django
    from fanal.extras import EXTRAS

    brought = {module for one in EXTRAS if one.name not in BROUGHT for module in one.modules}
    there = sorted(module for module in brought if find_spec(module))
    # If it fails, one of the modules below is why: it is told there, with all that import it.
    with suppress(ImportError):
        set_up_django()
    ours = [one for one in modules() if not one.startswith(ENGINES) and one not in OTHER_SETTINGS]
    engines = [one for one in modules() if one.startswith(ENGINES)]
    faults, lacking = [], 0
    for module in engines:
        try:
            import_module(module)
        except ModuleNotFoundError as error:
            known = (error.name or "").split(".")[0] in brought
            lacking += known
            faults += [] if known else [f"{module} : {error}"]
        except Exception as error:  # noqa: BLE001
            faults.append(f"{module} : {type(error).__name__}: {error}")
    return [
        proof(
            "bibliothèques des extras, absentes comme il se doit",
            len(brought),
            [f"{one} est là : cet environnement ne prouve rien" for one in there],
        ),
        proof(
            "modules hors des moteurs, importés", len(ours), [*filter(None, map(fault_of, ours))]
        ),
        proof(
            "modules des moteurs, importés ou privés de leur extra seul",
            f"{len(engines) - lacking} et {lacking}",
            faults,
        ),
    ]


def commands() -> list[dict[str, object]]:
    """Each command of an engine, called with whatever it wants: it must name its extra first."""
    import click
    from click.testing import CliRunner

    from fanal.config.commands.contents import CHAPTERS
    from fanal.config.commands.needing import MissingExtra
    from fanal.extras import EXTRAS

    entries = [entry for chapter in CHAPTERS.values() for entry in chapter]
    tried, faults = 0, []
    for extra in EXTRAS:
        for entry in [one for one in entries if one.words.split()[0] in extra.commands]:
            tried += 1
            done = CliRunner().invoke(entry.command, list(_words(entry.command, click)))
            if not isinstance(done.exception, MissingExtra) or extra.name not in str(
                done.exception
            ):
                faults.append(
                    f"fanal {entry.words} : {done.exception!r} {done.output.strip()[:200]}"
                )
    return [proof("commandes des moteurs, qui disent l'extra qui manque", tried, faults)]


def _words(command, click) -> Iterator[str]:
    """Words that the command accepts, whatever they mean."""
    for one in command.params:
        if not one.required:
            continue
        if isinstance(one, click.Option):
            yield one.opts[0]
        yield one.type.choices[0] if isinstance(one.type, click.Choice) else "1"


def house() -> dict[str, object]:
    """What the served instance holds, and its doors."""
    from fanal.config.database import close_connections, reach_database, set_up_django

    with reach_database(lambda _: None):
        set_up_django()
        try:
            return {"proofs": [*_database(), *_worker(), _checked()], "doors": doors()}
        finally:
            close_connections()


def _database() -> list[dict[str, object]]:
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from fanal.config.database import pending_migrations
    from fanal.detect.concerns.models import Concern
    from fanal.ground.agents.models import Agent

    pending = pending_migrations()
    applied = len(MigrationRecorder(connections["owner"]).applied_migrations())
    cast = Agent.objects.using("owner").filter(is_demonstration=True).count()
    files = Concern.objects.using("owner").count()
    filled = [] if cast and files else ["la démonstration est vide"]
    return [
        proof("migrations passées sur la base privée", applied, pending),
        proof("comptes et informations de la démonstration", f"{cast} et {files}", filled),
    ]


def _checked() -> dict[str, object]:
    """« fanal check » finds nothing wrong, and names each extra that is not there."""
    from click.testing import CliRunner

    from fanal.config.commands.check import check
    from fanal.extras import absent_extras

    done = CliRunner().invoke(check, [], standalone_mode=False)
    lines = done.output.splitlines()
    faults = [line for line in lines if line.startswith("à corriger")]
    faults += [f"{done.exception!r}"] if done.exception or done.return_value else []
    faults += [f"rien de {one.name}" for one in absent_extras() if one.install not in done.output]
    return proof("lignes de « fanal check »", len(lines), faults)


def _worker() -> list[dict[str, object]]:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    found = [one.removesuffix("tasks") for one in modules() if one.endswith(".tasks")]
    rooms = [one for one in found if not one.startswith(ENGINES)]
    holders = [task.func.__module__ for task in app.tasks.values()]
    known = [one for one in holders if one.startswith("fanal.")]
    done, failed, end = 0, [], time.monotonic() + WORKER_SECONDS
    # One that runs each minute is deferred as soon as the worker starts.
    while not done and not failed and time.monotonic() < end:
        time.sleep(0.1)
        jobs = ProcrastinateJob.objects.using("owner")
        done = jobs.filter(status="succeeded").count()
        failed = sorted({str(job.task_name) for job in jobs.filter(status="failed")})
    faults = [f"{one} n'est pas faite" for one in failed]
    faults += [] if done else [f"aucune tâche n'est faite en {WORKER_SECONDS} s"]
    return [
        proof(
            "tâches que le traitement connaît",
            len(known),
            [
                f"{room}tasks n'en déclare aucune"
                for room in rooms
                if not any(name.startswith(room) for name in known)
            ],
        ),
        proof("tâches faites par le traitement", done, faults),
    ]


def doors() -> dict[str, object]:
    """What is needed to try them from outside."""
    from doors import addresses, holes, is_read
    from fanal.extras import absent_extras
    from fanal.ground.access.middleware import is_open
    from fanal.ground.agents.models import Agent
    from fanal.ground.agents.terms import Role

    cast = Agent.objects.using("owner").filter(is_demonstration=True, is_active=True)
    return {
        "public": [
            {"route": route, "reads": is_read(view), "holes": bool(holes(route))}
            for route, view in addresses()
            if is_open(view)
        ],
        "roles": {one.value: str(one.label) for one in Role},
        "accounts": {
            str(agent.ref): sorted({one.role for one in agent.postings.using("owner").all()})
            for agent in cast
        },
        "absent": [one.name for one in absent_extras()],
    }


ASKED: dict[str, Callable[[], object]] = {
    "code": lambda: {"proofs": [*imports(), *commands()]},
    "house": house,
}

if __name__ == "__main__":
    # What a module prints when it is imported is no answer.
    with redirect_stdout(sys.stderr):
        answer = ASKED[sys.argv[1]]()
    sys.stdout.write(json.dumps(answer))
