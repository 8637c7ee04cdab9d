"""A command that stands on an extra says which one is missing, before it reads anything."""

from fanal.extras import extra_named
from fanal.ground.errors import Refusal


class MissingExtra(Refusal):
    """Libraries of an extra are not installed."""


def need(name: str) -> None:
    """
    Raises:
        MissingExtra: in French, with what to install.
    """
    wanted = extra_named(name)
    if wanted.missing:
        raise MissingExtra(
            "Ce calcul a besoin de bibliothèques qui ne sont pas installées "
            f"({', '.join(wanted.missing)}) : {wanted.install}, ou make install."
        )
