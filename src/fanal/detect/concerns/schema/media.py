"""
No image, video or recording, even hidden in a text.

Holding a pornographic image of a minor is itself an offence (code pénal, art. 227-23), so a form
takes words and an address, never a file. This is a net for honest mistakes and easy tricks (data
URIs, encoded or spaced out; base64 and hexadecimal dumps): whatever it lets through is only text.
"""

import base64
import html
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

MESSAGE = (
    "Une image, une vidéo ou un enregistrement semble glissé dans ce texte. Ne le transmettez "
    "jamais : décrivez-le avec des mots et, s'il est en ligne, donnez son adresse (URL) et "
    "signalez-la à PHAROS (internet-signalement.gouv.fr)."
)

MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"RIFF",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cjP  ",
    b"\x00\x00\x00\x0cJXL ",
    b"\x1aE\xdf\xa3",
    b"\x00\x00\x01\xba",
    b"FLV\x01",
    b"0&\xb2u",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"#!AMR",
    b"<svg",
    b"<?xml",
    b"%PDF-",
    b"PK\x03\x04",
    b"data:image/",
    b"data:video/",
    b"data:audio/",
)
CONFIRMED_BY: dict[bytes, Callable[[bytes], bool]] = {
    b"\xff\xd8\xff": lambda head: head[3:] >= b"\xc0",  # a JPEG segment
    b"RIFF": lambda head: head[8:12] in (b"WEBP", b"WAVE", b"AVI "),
    b"BM": lambda head: head[6:10] == bytes(4),  # reserved, always zero
    b"\x00\x00\x01\x00": lambda head: head[5] == 0 < head[4],  # how many icons
    b"ID3": lambda head: head[3] in (2, 3, 4),  # version
}
# A media of ISO base format (HEIC, AVIF, MP4, MOV) names itself after a length of four bytes.
FTYP_BASE64 = "AAAA[A-Za-z0-9+/][GWm2]Z0eX"
FTYP_HEX = "000000[0-9a-f]{2}66747970"


def _base64_start(magic: bytes) -> str:
    """The part of the base64 writing of ``magic`` that what follows cannot change."""
    return re.escape(base64.b64encode(magic).decode()[: len(magic) * 8 // 6])


BASE64_START = re.compile(f"(?={'|'.join([*map(_base64_start, MAGIC), FTYP_BASE64])})")
BASE64_RUN = re.compile("[A-Za-z0-9+/]{24,96}")
HEX_RUN = re.compile(
    f"(?={'|'.join([*(magic.hex() for magic in MAGIC), FTYP_HEX])})[0-9a-f]{{40,160}}"
)
DATA_URI = re.compile(
    r"data:[a-z]{1,20}/[a-z0-9.+*-]{1,80}[;,]|data:[^,]{0,80};base64,"
    r"|[a-z]{1,20}/[a-z0-9.+*-]{1,80};base64,"
    r"|data:(?:image|video|audio)/(?:[asj]?png|jpe?g|gif|webp|svg|bmp|hei[cf]|avif|tiff?|jxl|x-"
    r"|vnd|mp[34e]|webm|og[gav]|quicktime|3gp|wav|aac|amr|flac)",
    re.IGNORECASE,
)
# What may stand between two letters of a hidden file without changing it for who wants it back.
GAPS = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"'`>\\\\]+"
)
# Letters drawn otherwise (full width, mathematical, circled) read as plain ones.
PLAIN = {
    code: plain
    for code in (*range(0x2460, 0x2500), *range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))
    if (plain := unicodedata.normalize("NFKC", chr(code))).isascii()
}
HEX_GAPS = re.compile(r"\\+x|(?<![0-9a-f])0x|&#x|[:,;._|%-]")
ESCAPES = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
CODED_LINES = re.compile(r"(?:[A-Za-z0-9+/=_-]{40,}[ \t]*(?:\r?\n[ \t>]*)?)+")
SHORTEST_BLOCK = 200
FEWEST_SIGNS = 12
# Past this length a text is refused for its length alone.
LONGEST_READ = 100_000


def hides_media(text: str) -> bool:
    """Whether a text carries a file: a data URI, an inline drawing, or a dump of its bytes."""
    if len(text) > LONGEST_READ:
        return False
    return any(_shows_media(view) for view in _views(text))


def _views(text: str) -> Iterator[str]:
    """The text as written, then without percent, HTML and backslash encodings, nested or not."""
    for _ in range(5):
        yield text if text.isascii() else text.translate(PLAIN)
        decoded = ESCAPES.sub(_character, unquote(html.unescape(text), encoding="latin-1"))
        if decoded == text:
            return
        text = decoded


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2] or escape[3], 16)
    return chr(code) if code <= sys.maxunicode else ""


def _shows_media(view: str) -> bool:
    joined = GAPS.sub("", view)
    return (
        bool(DATA_URI.search(joined))
        or "<svg" in joined.lower()
        or any(mark in view for mark in ("\x89PNG", "\xff\xd8\xff", "GIF89a", "GIF87a"))
        or any(map(_is_media, _base64_heads(joined)))
        or any(map(_is_media, _hexadecimal_heads(view)))
        or _is_coded_block(view)
    )


def _base64_heads(joined: str) -> Iterator[bytes]:
    writing = joined.replace("-", "+").replace("_", "/")
    for start in BASE64_START.finditer(writing):
        if run := BASE64_RUN.match(writing, start.start()):
            yield base64.b64decode(run[0][: len(run[0]) // 4 * 4])


def _hexadecimal_heads(view: str) -> Iterator[bytes]:
    for run in HEX_RUN.finditer(GAPS.sub("", HEX_GAPS.sub("", view.lower()))):
        # A list of telephone numbers is all digits; a dump of bytes is not.
        if not run[0].isdigit():
            yield bytes.fromhex(run[0][: len(run[0]) // 2 * 2])


def _is_media(head: bytes) -> bool:
    """The first bytes of a file say what it is; short marks must be confirmed by what follows."""
    if head[4:8] == b"ftyp":
        return True
    for magic, confirm in CONFIRMED_BY.items():
        if head.startswith(magic):
            return confirm(head)
    return head.startswith(MAGIC)


def _is_coded_block(view: str) -> bool:
    """A long block that is no writing of people: letters and digits mixed without a space."""
    for lines in CODED_LINES.finditer(ADDRESS.sub(" ", view)):
        block = "".join(lines[0].split()).replace(">", "")
        signs = set(block)
        mixed = any(map(str.isdigit, signs)) and any(map(str.isalpha, signs))
        if len(block) >= SHORTEST_BLOCK and mixed and len(signs) >= FEWEST_SIGNS:
            return True
    return False
