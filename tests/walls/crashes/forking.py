"""
``python forking.py``: Fanal loaded once, and forked each time that a server is wanted.

A port is read from the input; the number of the server's group is told, then that all is gone.
What is forked runs the very command of ``fanal up``.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from pathlib import Path

import fanal
from fanal.config import serving
from fanal.config.bound import PR_SET_PDEATHSIG
from fanal.config.database import close_connections, set_up_django

# From <linux/prctl.h>: what a killed server leaves running becomes this process's to wait for.
PR_SET_CHILD_SUBREAPER = 36
TEMPLATES = Path(fanal.__file__).parent / "templates"
READY, GONE = "ready", "gone"


def main() -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    # Whatever becomes of this process, none of its descendants stays.
    os.register_at_fork(after_in_child=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL))
    set_up_django()
    _warm_up()
    _tell(READY)
    for line in sys.stdin:
        _tell(str(_serve(int(line))))
        _wait_for_all()
        _tell(GONE)


def _warm_up() -> None:
    """What is imported and compiled now is not at each start."""
    from django.template import engines
    from django.test import Client

    from fanal.config.wsgi import application

    assert application
    for path in TEMPLATES.rglob("*.html"):
        engines["django"].get_template(str(path.relative_to(TEMPLATES)))
    assert Client(headers={"host": "127.0.0.1"}).get("/connexion/").status_code == 200
    close_connections()


def _serve(port: int) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            _become_server(port)
        finally:
            # Whatever happened, it does not go on as a second copy of this program.
            traceback.print_exc()
            os._exit(1)
    return pid


def _become_server(port: int) -> None:
    from granian.cli import entrypoint

    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # A web process of Granian is forked too, and finds Fanal loaded.
    assert multiprocessing.get_start_method() == "fork"
    sys.argv = serving.web_command(host="127.0.0.1", port=port)
    entrypoint()


def _wait_for_all() -> None:
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _tell(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main()
