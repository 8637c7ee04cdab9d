"""Where an instance keeps what is its own: its data, its secret, its static files."""

import os
from pathlib import Path


def project_folder() -> Path:
    """The clone that this package runs from; the current folder for an installed package."""
    clone = Path(__file__).resolve().parents[3]
    return clone if (clone / "pyproject.toml").is_file() else Path.cwd()


def state_folder() -> Path:
    """``FANAL_STATE``, else ``var`` in the project's folder."""
    named = os.environ.get("FANAL_STATE", "").strip()
    return Path(named).absolute() if named else project_folder() / "var"
