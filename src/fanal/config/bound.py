"""
Run a program that ends with the one who started it, even if that one is killed.

A web server that survives keeps the port, and the next ``fanal up`` finds it taken.
"""

import ctypes
import os
import signal
import sys

# From <linux/prctl.h>: the signal that the kernel sends to this process when its parent ends.
PR_SET_PDEATHSIG = 1


def main() -> None:
    """``python -m fanal.config.bound PARENT PROGRAM ARGUMENT…``."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            return
    os.execv(program[0], program)  # noqa: S606


if __name__ == "__main__":
    main()
