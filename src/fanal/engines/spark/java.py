"""The Java that Spark stands on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from fanal.engines.spark.refusals import SparkIsMissing

OLDEST = 17
VERSION = re.compile(r'version "(?:1\.)?(\d+)')
INSTALL = "apt install openjdk-17-jre-headless, ou --engine local."


def need_java() -> None:
    """
    Raises:
        SparkIsMissing: in French; no Java, or one too old.
    """
    java = _java()
    if java is None:
        raise SparkIsMissing(f"Spark a besoin de Java {OLDEST}, qui n'est pas installé : {INSTALL}")
    version = _version(java)
    if version < OLDEST:
        raise SparkIsMissing(
            f"Spark a besoin de Java {OLDEST} ou plus récent ; celui-ci est en {version} : "
            f"{INSTALL}"
        )


def _java() -> str | None:
    """The one that Spark would start: that of JAVA_HOME, or the first on the path."""
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home, "bin", "java")
        return str(java) if os.access(java, os.X_OK) else None
    return shutil.which("java")


def _version(java: str) -> int:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = VERSION.search(told.stderr)
    return int(found[1]) if found else 0
