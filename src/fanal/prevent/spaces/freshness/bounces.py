"""Delivery reports as mail servers write them (RFC 3464): which addresses no longer answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from hashlib import sha256
from pathlib import Path

from fanal.ground.errors import Refusal

# RFC 3464, 2.3.3: « failed » alone is for good; the others are news of a message on its way.
FAILED = "failed"
# RFC 3463: of class 4, it may pass later.
PASSING = "4."
# A report is a few kilobytes; past this a file is something else.
MOST_BYTES = 5_000_000


class NotAReport(Refusal):
    """No delivery report can be read there."""

    message = (
        "Ce n’est pas un rapport de remise : il faut le message « non remis » du serveur de "
        "courrier, enregistré en entier (.eml)."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Bounce:
    """``report``: what makes it this report and no other. Never printed: it holds an address."""

    address: str
    report: str


def reports_in(path: Path) -> Iterator[Path]:
    """The file, or each file of the folder and of those in it, such as those of a Maildir."""
    if path.is_file():
        yield path
        return
    yield from (one for one in sorted(path.rglob("*")) if one.is_file())


def read_report(path: Path) -> list[Bounce]:
    """
    The addresses that a report says cannot be reached, for good.

    Raises:
        NotAReport: in French; the file is no delivery report.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotAReport
        content = path.read_bytes()
    except OSError:
        raise NotAReport("Ce fichier ne peut pas être lu.") from None
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    if message.get_content_type() != "multipart/report":
        raise NotAReport
    parts = [one for one in message.walk() if one.get_content_type() == "message/delivery-status"]
    if not parts:
        raise NotAReport
    name = sha256(content).hexdigest()
    return [
        Bounce(address, name)
        for address in dict.fromkeys(found for part in parts for found in _failed(part))
    ]


def _failed(part: Message) -> Iterator[str]:
    """Its first block is about the message, each other about one recipient."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).strip().lower()
        if action != FAILED or str(block.get("Status", "")).strip().startswith(PASSING):
            continue
        # Whom we wrote to, rather than whom it was passed on to.
        written = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
        address = str(written).partition(";")[2].strip().strip("<>")
        if "@" in address:
            yield address
