"""Which class somebody is in, and why: the same words always give the same answer."""

from __future__ import annotations

from dataclasses import dataclass

from fanal.engines.triage.rules import SAID, Level, Rules, folded

MINOR = "minor"
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Reason:
    """``rule``: the name of the rule, which is what may be kept. ``said``: the French reason."""

    rule: str
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What somebody said before being answered; nothing of it is kept by this engine.

    ``minor``: whether they say that they are under 18; None: they did not say.
    """

    topics: frozenset[str] = frozenset()
    text: str = ""
    minor: bool | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A class and its reasons: no score, nothing that counts a person."""

    level: Level
    reasons: tuple[Reason, ...]
    minor: bool
    version: str

    @property
    def said(self) -> str:
        """« urgent : parle de violences ou de menaces ; mineur »."""
        why = " ; ".join(reason.said for reason in self.reasons)
        return f"{SAID[self.level]} : {why}" if why else SAID[self.level]


def place(asked: Asked, rules: Rules) -> Placed:
    """
    The highest class that a rule calls for, with every rule that holds, highest first.

    Who did not say their age is taken for a minor: nobody is passed over for having said nothing.
    """
    text = folded(asked.text)
    held = [rule for rule in rules.rules if rule.holds(asked.topics, text)]
    held.sort(key=lambda rule: rule.level)
    minor = asked.minor is not False
    reasons = [Reason(rule.name, rule.reason) for rule in held]
    if asked.minor:
        reasons.append(Reason(MINOR, "mineur"))
    level = held[0].level if held else Level.USUAL
    return Placed(level, tuple(reasons), minor, rules.version)


def moved(placed: Placed, level: Level, *, why: str) -> Placed:
    """A listener decides otherwise, up or down, and says why; the rules' reasons stay beside."""
    return Placed(
        level, (Reason(MOVED, f"déplacé : {why}"), *placed.reasons), placed.minor, placed.version
    )
