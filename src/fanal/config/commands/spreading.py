"""The options of a calculation that Spark can spread out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL, SPARK = "local", "spark"
ENGINE_HELP = "Où calculer : ce processus, ou Spark ; le résultat est le même."
MASTER_HELP = "L'adresse de Spark ; par défaut SPARK_MASTER, sinon deux cœurs de cette machine."


def spreadable(command: Any) -> Any:
    """Options ``where`` and ``master``."""
    for option in (
        click.option(
            "--spark-master", "master", envvar="SPARK_MASTER", default="local[2]",
            metavar="ADRESSE", help=MASTER_HELP,
        ),
        click.option(
            "--engine", "where", type=click.Choice((LOCAL, SPARK)), default=LOCAL,
            help=ENGINE_HELP,
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@contextmanager
def spark_or_not(
    step: Callable[[str], None], where: str, master: str
) -> Iterator["SparkSession | None"]:
    """
    A session of Spark if it was asked for, and nothing otherwise.

    Raises:
        ClickException: in French; no Spark, no Java, or one that fails.
    """
    if where == LOCAL:
        yield None
        return
    from fanal.engines.spark.refusals import SparkRefusal
    from fanal.engines.spark.session import session

    try:
        step("Démarrage de Spark")
        with session(master) as spark:
            yield spark
    except SparkRefusal as refusal:
        raise click.ClickException(str(refusal)) from None
