"""What the proofs found, kept for the page that ``make walls`` writes."""

from __future__ import annotations

import os
from pathlib import Path


def say(figure: str) -> None:
    """Print a figure, and add it to the page under way if there is one."""
    print(figure)
    if page := os.environ.get("FANAL_WALLS_FIGURES"):
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(f"{figure}\n")
