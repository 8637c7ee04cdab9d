"""``fanal up``: everything, from nothing to a served page."""

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import open_database
from fanal.config.commands.refusals import say
from fanal.config.database import close_connections, is_demonstration
from fanal.config.serving import refuse_taken_port, serve


@click.command(cls=FrenchCommand)
@click.option("--host", default="127.0.0.1", metavar="ADRESSE", help="127.0.0.1 par défaut.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="PORT", help="8000.")
def up(*, host: str, port: int) -> None:
    """
    Prépare la base de données, puis sert l'application.

    Ctrl-C arrête tout ce que cette commande a démarré. Les données restent.
    """
    try:
        refuse_taken_port(host=host, port=port)
        with open_database() as steps:
            _require_keys()
            steps("Fichiers des pages")
            _collect_static()
            steps("Ouverture")

            def opened() -> None:
                steps.end()
                _announce(host=host, port=port)

            serve(host=host, port=port, opened=opened)
    except KeyboardInterrupt:
        say("\nFanal est arrêté.")


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    close_connections()


def _require_keys() -> None:
    """A service in operation that can seal nothing can receive nothing: it does not open."""
    from fanal.ground.privacy.sealing.chosen import keep_first_key

    keep_first_key()


def _keys() -> str:
    from fanal.ground.privacy.sealing.chosen import state_of_keys

    match state_of_keys():
        case "demonstration":
            return "Démonstration : les clés sont publiques et s'ouvrent seules."
        case "open":
            return "Les clés sont ouvertes."
    return "Les clés ne sont pas ouvertes : deux gardiens lancent « fanal keys unseal »."


def _announce(*, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"\nFanal est ouvert : http://{shown}:{port}\n")
    say(_keys())
    if is_demonstration():
        say("Démonstration : les personnes sont inventées, et personne ne lit ce qui est écrit.")
    say("Ctrl-C pour arrêter.")
