"""Packages of the system, where whoever asks may install them without typing anything."""

import os
import shutil
import subprocess
import sys


def may_install():
    """As root, or with a ``sudo`` that asks no password."""
    return shutil.which("apt-get") is not None and _before_command() is not None


def install(packages):
    """
    Install packages, and nothing that they only recommend.

    Raises:
        subprocess.CalledProcessError: they could not be had.
    """
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*arguments):
    command = [*_before_command(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    done = subprocess.run(
        [*command, *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        # It talks a lot, and is worth reading when it fails.
        sys.stderr.write("\n" + done.stdout.decode(errors="replace"))
        raise subprocess.CalledProcessError(done.returncode, arguments)


def _before_command():
    """What makes a command one of the administrator; nothing where it cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo is None
        or subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode != 0
    ):
        return None
    return [sudo, "-n"]
