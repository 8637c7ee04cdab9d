"""How an alert moves: one step written for each move, with what it was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fanal.detect.watch.models import AlertStep, LodgingAlert
from fanal.detect.watch.terms import StepKind
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record

_PLAIN = ("state", "decision", "result")
_KEYS = ("holder_id", "duplicate_of_id")
_MOMENTS = ("taken_at", "closed_at")
MOVED = ["state", "decision", "result", "holder", "duplicate_of", "taken_at", "closed_at"]


def standing(alert: LodgingAlert) -> dict[str, Any]:
    """How it stands, to be given back by who undoes."""
    kept: dict[str, Any] = {name: getattr(alert, name) for name in (*_PLAIN, *_KEYS)}
    for name in _MOMENTS:
        moment = getattr(alert, name)
        kept[name] = moment.isoformat() if moment else None
    return {name: str(value) if name in _PLAIN else value for name, value in kept.items()}


def stand_again(alert: LodgingAlert, kept: dict[str, Any]) -> None:
    for name in (*_PLAIN, *_KEYS):
        setattr(alert, name, kept[name])
    for name in _MOMENTS:
        setattr(alert, name, datetime.fromisoformat(kept[name]) if kept[name] else None)


def note_step(
    alert: LodgingAlert,
    *,
    agent: Agent,
    kind: StepKind,
    before: dict[str, Any],
    now: datetime,
    note: str = "",
    undoes: int | None = None,
) -> AlertStep:
    """Keep the move, its step and its trace; a word that waited has been read."""
    alert.last_step += 1
    alert.word_waits = False
    alert.save(update_fields=[*MOVED, "last", "last_step", "word_waits", "concern"])
    step = AlertStep(
        alert=alert,
        number=alert.last_step,
        kind=kind,
        decision=alert.decision if kind in (StepKind.QUALIFIED, StepKind.CONCERN) else "",
        result=alert.result if kind == StepKind.CLOSED else "",
        note=note,
        before=before,
        undoes=undoes,
        by=agent,
        at=now,
    )
    step.save(force_insert=True)
    record(
        agent=agent,
        deed=f"alert.{DEEDS[kind]}",
        subject=alert,
        detail={"state": str(alert.state)}
        | ({"decision": str(alert.decision)} if alert.decision else {}),
    )
    return step


DEEDS = {
    StepKind.TAKEN: "take",
    StepKind.QUALIFIED: "qualify",
    StepKind.ASKED: "ask",
    StepKind.CONCERN: "concern",
    StepKind.CLOSED: "close",
    StepKind.UNDONE: "undo",
}
