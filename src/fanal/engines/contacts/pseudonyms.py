"""Handles, mails and links of a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

NETWORKS = (
    r"sn[a@4]p(?:c?h?[a@4]?t)?", r"inst[a@4](?:gr[a@4]m)?", r"1nst[a@4](?:gr[a@4]m)?", "ig",
    r"tik\s?tok", "telegram", "tg", "twitter", "signal", "discord", "facebook", "messenger",
    r"whats\s?app",
)  # fmt: skip
# Looking behind after the first character, and not before, is what makes a scan fast.
NETWORK = "|".join(f"{one[0]}(?<![a-z0-9._]{one[0]}){one[1:]}" for one in NETWORKS)
NAME = r"[a-z0-9][a-z0-9._\-]{2,29}"
LINK = (
    r"https?://[^\s<>\"']+|www\.[^\s<>\"']+|"
    r"(?<![a-z0-9@.])(?:[a-z0-9-]{1,63}\.){1,9}(?:fr|com|net|org|be|ch|lu|me|io|eu|gg|ly|link|info)/[^\s<>\"']+"
)
HANDLE = (
    rf"(?:👻|(?:{NETWORK})(?![a-z0-9._]))"
    rf"(?P<sign>\s*(?:(?:c'?\s?est|est|pseudo|moi|:|=|@|→|>|-|👉|👻)\s*)*)"
    rf"(?P<named>{NAME})(?![a-z0-9._/\-])"
    rf"|@(?<![a-z0-9._@]@)(?P<at>{NAME})"
)
HANDLES = re.compile(HANDLE)
# Mails and links could begin anywhere: they are looked for where one of their signs is.
ALL = re.compile(
    rf"(?P<mail>[a-z0-9][a-z0-9._%+-]{{0,63}}@(?:[a-z0-9-]{{1,63}}\.){{1,9}}[a-z]{{2,63}})|(?P<link>{LINK})|{HANDLE}"
)
SIGNS = re.compile(r"@(?<=[a-z0-9]@)[a-z0-9]|/(?<=[a-z:]/)[a-z0-9/]|www\.")
# One network's own address holds a handle; another's holds a phone number.
OF_A_NETWORK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|instagram\.com|snapchat\.com/add|tiktok\.com|"
    rf"twitter\.com|x\.com|facebook\.com)/@?({NAME})/?(?:\?.*)?$"
)
WHATSAPP = re.compile(r"(?:https?://)?(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?\+?(\d{8,15})$")
NOT_NAMES = frozenset(
    ("non", "nan", "oui", "pas", "sur", "merci", "demande", "est", "mon", "ton", "son", "ici",
     "svp", "stp", "aussi", "dispo", "disponible", "seulement", "uniquement", "prive", "message",
     "messages", "possible", "appel", "sms", "puis", "les", "des", "pour", "par", "avec", "sans",
     "https", "http", "www", "none", "null")
)  # fmt: skip
MARKS = re.compile(r"[0-9._]")


def pseudonyms(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Each handle, mail and link: kind, value, and where the folded text holds it."""
    for match in (ALL if SIGNS.search(text) else HANDLES).finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        value = match.group(kind).rstrip("._-,;:!?)")
        end = start + len(value)
        if kind == "mail":
            yield "mail", value, start, end
        elif kind == "link":
            yield from _link(value, start, end)
        elif value not in NOT_NAMES and (kind == "at" or _meant(match, value)):
            yield "handle", value, start, end


def _meant(match: re.Match[str], value: str) -> bool:
    """A name after a mere space, or « est », has a mark that words have not."""
    sign = match.group("sign").strip()
    told = sign not in ("", "est", "moi", "pseudo") or match.group(0)[0] == "👻"
    return told or bool(MARKS.search(value))


def _link(value: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    if found := OF_A_NETWORK.match(value):
        yield "handle", found.group(1).rstrip("._-"), start, end
        return
    if phone := WHATSAPP.match(value):
        yield "phone", f"+{phone.group(1)}", start, end
        return
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", value).rstrip("/")
    if bare:
        yield "link", bare, start, end
