"""What a verification says, in lines for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from fanal.ground.audit.terms import Flaw

PARIS = ZoneInfo("Europe/Paris")
NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Finding:
    flaw: Flaw
    why: str
    chain: str = ""
    position: int | None = None
    at: datetime | None = None

    def line(self) -> str:
        place = [f"chaîne {self.chain}"] if self.chain else []
        if self.position is not None:
            place.append(f"position {number(self.position)}")
        if self.at is not None:
            place.append(f"le {self.at.astimezone(PARIS):%d/%m/%Y à %H:%M:%S}")
        where = f", {', '.join(place)}" if place else ""
        return f"{self.flaw.label}{where}\u00a0: {self.why}."

    def as_dict(self) -> dict[str, object]:
        return {
            "flaw": self.flaw.value,
            "chain": self.chain,
            "position": self.position,
            "at": self.at.isoformat() if self.at else None,
            "line": self.line(),
        }


@dataclass(slots=True)
class Verdict:
    """Counts of what was looked at, and what was found, the first first."""

    traces: int = 0
    chains: int = 0
    seals: int = 0
    stamps: int = 0
    expired: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings

    def lines(self) -> list[str]:
        """One line that says whether all is well, or names the first that is not."""
        seen = ", ".join(
            (
                counted(self.traces, "trace"),
                counted(self.chains, "chaîne"),
                counted(self.seals, "scellé"),
                counted(self.stamps, "tampon vérifié", "tampons vérifiés"),
            )
        )
        if self.sound:
            said = [f"Le journal est entier\u00a0: {seen}."]
        else:
            more = len(self.findings) - 1
            rest = f" ({more} autre(s) défaut(s)\u00a0: --json les donne.)" if more else ""
            said = [self.findings[0].line() + rest]
        if self.expired:
            said.append(f"{counted(self.expired, 'trace')} à leur terme, retirées sous scellé.")
        if self.waiting:
            said.append(f"En attente de leur maillon\u00a0: {counted(self.waiting, 'trace')}.")
        return [*said, *self.notes]

    def as_dict(self) -> dict[str, object]:
        return {
            "sound": self.sound,
            "traces": self.traces,
            "chains": self.chains,
            "seals": self.seals,
            "stamps": self.stamps,
            "expired": self.expired,
            "waiting": self.waiting,
            "findings": [one.as_dict() for one in self.findings],
            "notes": self.notes,
        }


def number(count: int) -> str:
    return f"{count:,}".replace(",", NARROW)


def counted(count: int, one: str, several: str = "") -> str:
    return f"{number(count)} {one if count < 2 else several or f'{one}s'}"  # noqa: PLR2004
