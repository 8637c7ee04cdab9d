"""The ``fanal`` command. Each subcommand is imported when it is called, and not before."""

import os

from fanal.config.commands.contents import Contents
from fanal.config.commands.refusals import run
from fanal.config.folders import state_folder


def main() -> None:
    # Said once, so that settings and child processes keep their data in the same folder.
    os.environ.setdefault("FANAL_STATE", str(state_folder()))
    run(Contents(name="fanal"))
