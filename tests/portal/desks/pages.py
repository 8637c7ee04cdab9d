"""What a rendered page says of itself."""

from __future__ import annotations

import re
from collections import Counter


def main_of(page: str) -> str:
    return page.split('id="contenu"', 1)[1].split("</main>", maxsplit=1)[0]


def ids_said_twice(page: str) -> list[str]:
    found = Counter(re.findall(r'\sid="([^"]+)"', page))
    return [name for name, times in found.items() if times > 1]
