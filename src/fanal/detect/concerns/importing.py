"""A file of concerns: each good line gets a receipt, each bad one says why; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from fanal.detect.concerns.reading import Line, read_lines
from fanal.detect.concerns.schema import InvalidConcern, parse_concern
from fanal.detect.concerns.use_cases import OtherContent, Sent, send_concern
from fanal.ground.access.asking import acting_as
from fanal.ground.agents.models import Organisation
from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import find_commune

Progress = Callable[[int], None]


class UnreadableFile(Refusal):
    """The file itself cannot be opened or read to its end."""


@dataclass(slots=True)
class ImportReport:
    accepted: list[dict[str, Any]] = field(default_factory=list)
    replayed: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    possible_duplicates: list[dict[str, Any]] = field(default_factory=list)
    # Why reading stopped before the end of the file; empty when it did not.
    cut_short: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "accepted": self.accepted,
            "replayed": self.replayed,
            "rejected": self.rejected,
            "possible_duplicates": self.possible_duplicates,
        }

    def keep(self, line: Line, sent: Sent) -> None:
        submission = sent.submission
        row = {
            "line": line.number,
            "external_ref": submission.external_ref,
            "receipt": submission.receipt,
        }
        if sent.replayed:
            self.replayed.append(row)
            return
        authority = submission.authority
        self.accepted.append(
            row
            | {
                "authority": {"code": authority.code, "name": authority.name},
                "evaluation_due": sent.evaluation_due.isoformat(),
                "target_due": sent.target_due.isoformat(),
            }
        )
        if sent.possible_duplicates:
            self.possible_duplicates.append(
                {"line": line.number, "receipts": sent.possible_duplicates}
            )

    def refuse(self, line: Line, external_ref: str | None, errors: dict[str, list[str]]) -> None:
        self.rejected.append({"line": line.number, "external_ref": external_ref, "errors": errors})


def import_file(
    *,
    path: Path,
    organisation: Organisation,
    now: Callable[[], datetime],
    progress: Progress | None = None,
) -> ImportReport:
    """
    Send every concern of a JSONL file in the organisation's name, one transaction a line.

    Cut short, it can be started again: what was received is answered with its first receipt. A
    reading that stops half-way gives the receipts so far, and says so in ``cut_short``.

    Raises:
        UnreadableFile: the file cannot be opened.
    """
    report = ImportReport()
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableFile(
            f"Le fichier {path} ne peut pas être lu : {error.strerror or error}. "
            "Vérifiez son nom et ses droits, puis relancez."
        ) from error
    with stream:
        try:
            for line in read_lines(stream):
                _import_line(line, organisation, now(), report)
                if progress is not None:
                    progress(line.number)
        except OSError as error:
            report.cut_short = (
                f"La lecture de {path} s'est arrêtée avant la fin : {error.strerror or error}. "
                "Relancez : rien n'est envoyé deux fois."
            )
    return report


def _import_line(
    line: Line, organisation: Organisation, now: datetime, report: ImportReport
) -> None:
    if line.data is None:
        report.refuse(line, None, line.errors)
        return
    try:
        content = parse_concern(line.data, now=now, find_commune=find_commune)
        with acting_as(None, organisation=organisation):
            sent = send_concern(
                content=content,
                commune=find_commune(content.commune),
                organisation=organisation,
                agent=None,
                now=now,
            )
    except InvalidConcern as refusal:
        report.refuse(line, refusal.external_ref, refusal.errors)
    except OtherContent as refusal:
        report.refuse(line, content.external_ref, {"external_ref": [refusal.message]})
    else:
        report.keep(line, sent)
