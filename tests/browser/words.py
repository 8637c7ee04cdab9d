"""Words that no French screen says."""

from __future__ import annotations

import re

SPACES = re.compile(r"\s+")
# Django's own words, in the language that it falls back to.
NOT_FRENCH = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\bUUID\(|&lt;|&#|"
    r"This field|Enter a|Enter the|Select a|Ensure this|is required|not a valid|"
    r"already exists|Please correct|May \d|days? ago"
)


def not_french(text: str) -> list[str]:
    return [
        f"se lit à l'écran : « {text[max(0, one.start() - 30) : one.end() + 30]!r} »"
        for one in NOT_FRENCH.finditer(text)
    ]
