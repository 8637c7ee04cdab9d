"""Packages of the system, where whoever asks may install them without typing anything."""

import os
import shutil
import subprocess


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
    asked = [*_before_command(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run(
        [*asked, *arguments], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


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
