"""What goes wrong is said in one French line, on the error output, with an exit code."""

import sys
from typing import Any, NoReturn

import click

from fanal.config.commands.interruptions import heed_interruptions
from fanal.ground.errors import Refusal

REFUSED = 2
INTERRUPTED = 130


def run(command: click.Command) -> NoReturn:
    """Run a command; a refusal, or a mistake in what was typed, is one line and exit code 2."""
    heed_interruptions()
    try:
        code: Any = command.main(prog_name=command.name, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        say(explain(error))
        sys.exit(REFUSED)
    except Refusal as refusal:
        say(refusal.message)
        sys.exit(REFUSED)
    except (click.Abort, KeyboardInterrupt):
        say("Interrompu.")
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def say(line: str) -> None:
    click.echo(line, err=True)


def explain(error: click.ClickException) -> str:
    """The French line for what Click says in English."""
    match error:
        case click.NoSuchOption():
            line = f"L'option « {error.option_name} » n'existe pas."
        case click.exceptions.NoSuchCommand():
            line = f"La commande « {error.command_name} » n'existe pas."
        case click.MissingParameter():
            line = f"Il manque {_name(error)}."
        case click.BadParameter():
            line = f"La valeur donnée à {_name(error)} ne convient pas."
        case click.UsageError():
            line = "La commande n'est pas comprise."
        case _:
            line = error.format_message()
    context = getattr(error, "ctx", None)
    return f"{line} Voir « {context.command_path} --help »." if context else line


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "un paramètre"
    if isinstance(error.param, click.Argument):
        return f"l'argument {error.param.human_readable_name}"
    return f"l'option {error.param.opts[0]}"
