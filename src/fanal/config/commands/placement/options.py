"""What the commands of placement share: their options, and what is said when the engine refuses."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import Any

import click

from fanal.config.commands.needing import need

PATH = click.Path(path_type=Path, dir_okay=False)
JSON_HELP = "Un document JSON, pour un programme."
BUDGET_HELP = "Secondes de calcul ; passé ce temps, le meilleur trouvé est donné avec son écart."
PAST_HELP = "Les demandes passées : les unités rares sont gardées pour qui n'en a pas d'autre."


class Number(click.FloatRange):
    """A number between two bounds; what is not a number is between none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        told: float = super().convert(value, param, ctx)
        if isnan(told):
            self.fail(f"{value!r} is not a number", param, ctx)
        return told


night = click.argument(
    "file", metavar="NUIT", type=PATH, help="Demandes, unités et règles, en JSON, comprimé ou non."
)
budget = click.option("--budget", type=Number(0.1), default=9.0, metavar="S", help=BUDGET_HELP)
as_json = click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
past = click.option("--past", type=PATH, metavar="PASSÉ", help=PAST_HELP)
days = click.option(
    "--days", type=Number(1, 3650), default=90.0, metavar="J",
    help="Sur combien de jours le passé s'étend.",
)  # fmt: skip
stay = click.option(
    "--stay", type=Number(1, 3650), default=60.0, metavar="J",
    help="Combien de jours on reste, en moyenne.",
)  # fmt: skip


@contextmanager
def engine() -> Iterator[None]:
    """What the engine refuses, or lacks, is one French line."""
    need("placement")
    from fanal.engines.placement import NotPlaced

    try:
        yield
    except NotPlaced as refused:
        raise click.ClickException(refused.message) from None
    except MemoryError:
        raise click.ClickException("La mémoire manque pour un fichier de cette taille.") from None


def numbers(wanted: Sequence[str], names: Sequence[Any], what: str) -> list[int]:
    """Which ones are called so; the first name that is not known is refused."""
    number = {str(name): at for at, name in enumerate(names)}
    for name in wanted:
        if name not in number:
            raise click.ClickException(f"Il n'y a pas {what} « {name[:80]} ».")
    return [number[name] for name in wanted]


def learnt(tonight: Any, path: Path, *, days: float, stay: float) -> Any:
    """What the requests of ``path`` teach of tonight's units."""
    from dataclasses import replace

    from fanal.engines.placement import learn, read_past

    if tonight.night is None:
        raise click.ClickException(
            "Le passé ne se lit qu'avec une nuit qui donne ses demandes et ses unités."
        )
    asked = read_past(path, tonight)
    return learn(asked.requests, replace(asked.units, places=asked.capacity), days=days, stay=stay)
