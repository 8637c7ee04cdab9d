"""What the commands of the engine share: its words, what it lacks, how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from fanal.config.commands.needing import need
from fanal.config.commands.steps import Steps

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
NAMES = (
    "stepwise", "bic", "aic", "average", "dga", "latent", "chao", "independence", "darroch",
    "poisson", "gamma", "aicc", "all_pairs", "coverage_low", "coverage_high", "chapman", "all",
)  # fmt: skip
SHOWN_EVERY = 5000
JSON_HELP = "Un document JSON, pour un programme."
SEED_HELP = "La graine des tirages ; la même redonne les mêmes bornes."


@contextmanager
def engine() -> Iterator[None]:
    """What the engine cannot read, or lacks, is one French line."""
    need("population")
    from fanal.engines.population.refusals import UnreadableTable

    try:
        yield
    except UnreadableTable as error:
        raise click.ClickException(str(error)) from None


def names(_ctx: click.Context, _param: click.Parameter, text: str | None) -> list[str] | None:
    return [name.strip() for name in text.split(",")] if text else None


def numbers(_ctx: click.Context, _param: click.Parameter, text: str) -> list[int]:
    try:
        return [int(number) for number in text.split(",")]
    except ValueError:
        raise click.ClickException(f"« {text} » : des nombres entiers, sans espace.") from None


def telling(steps: Steps) -> Callable[[str], Callable[[int, int], None] | None]:
    def told(method: str) -> Callable[[int, int], None]:
        steps(method)
        return lambda done, _of: steps.count(done) if done % SHOWN_EVERY == 0 else None

    return told


def version() -> str:
    from importlib import metadata

    return f"fanal {metadata.version('fanal')}"


def typed() -> str:
    return " ".join(["fanal", *sys.argv[1:]])


def reproduced_by(seed: int) -> str:
    return f"{version()}, graine {seed}, « {typed()} »."
