"""``fanal demo``: the invented people and files of the demonstration."""

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import open_database
from fanal.config.commands.refusals import say
from fanal.config.commands.steps import shown_steps
from fanal.config.database import (
    InService,
    empty_database,
    ensure_database,
    is_demonstration,
    prepare,
)
from fanal.ground.errors import Refusal


class NotConfirmed(Refusal):
    message = "Tout ce qui est dans la base sera effacé. Pour le confirmer, ajoutez --yes."


@click.command(cls=FrenchCommand)
@click.option("--reset", is_flag=True, help="Efface tout d'abord.")
@click.option("--yes", is_flag=True, help="Confirme l'effacement.")
def demo(*, reset: bool, yes: bool) -> None:
    """Remplit la démonstration, ou l'efface et la refait à neuf."""
    if not reset:
        _fill()
        return
    if not yes:
        raise NotConfirmed
    with shown_steps() as steps, ensure_database(steps) as addresses:
        _refuse_in_service()
        steps("Effacement")
        empty_database(addresses)
        prepare(addresses, steps)
    say("La démonstration est refaite à neuf.")


def _fill() -> None:
    with open_database():
        _refuse_in_service()
    say("La démonstration est prête.")


def _refuse_in_service() -> None:
    if not is_demonstration():
        raise InService
