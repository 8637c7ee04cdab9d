"""The nightly round: what is due is archived, made nameless or erased; and what stops it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible, Refusal
from fanal.ground.retention.declarations import Rows, declared_rows
from fanal.ground.retention.erasing import erase_files
from fanal.ground.retention.listing import Line, copy_erasures, erasure_of
from fanal.ground.retention.models import Archived, Erasure, Hold, KeptCount, RetentionRun
from fanal.ground.retention.queries import Verdict, controlled_by, read_hold, verdicts
from fanal.ground.retention.rules import RetentionRule, rule_for
from fanal.ground.retention.terms import Then
from fanal.ground.territory.queries import local_day

logger = logging.getLogger(__name__)

FILE = "access.casefile"
DONE_BY_ITSELF = (Then.ERASE, Then.ARCHIVE)
ROWS_AT_ONCE = 200
ONE_DAY = timedelta(days=1)


class AlreadyHeld(Refusal):
    message = "Ce dossier est déjà suspendu : levez d’abord la suspension qui court."


class AlreadyLifted(Refusal):
    message = "Cette suspension est déjà levée."


class ReasonMissing(Refusal):
    message = "Écrivez le motif."


@dataclass(slots=True)
class Round:
    """Counts of one round, by authority, thing and what became of it."""

    done: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def as_lines(self) -> list[dict[str, Any]]:
        return [
            {"authority": authority, "object": thing, "then": then, "count": count}
            for (authority, thing, then), count in sorted(self.done.items())
        ]


def preview_retention(*, now: datetime, authority: str = "") -> Round:
    """What ``apply_retention`` would do now; nothing changes."""
    seen = Round()
    with acting_as(None, purpose=Purpose.RETENTION):
        for verdict in verdicts(now=now, authority=authority):
            code = verdict.root.authority_id
            if not verdict.is_due(local_day(verdict.root.authority, now)):
                continue
            if verdict.held:
                seen.held[code] += 1
            else:
                seen.done[code, verdict.rule.thing, verdict.then] += 1
        if not authority:
            for rows, rule in _rows_today(now):
                for code in _due_rows(rows, rule, now).values_list(rows.authority, flat=True):
                    seen.done[code or "", rule.thing, rule.then] += 1
    return seen


def apply_retention(*, now: datetime) -> Round:
    """
    Do what is due: each file in a transaction of its own, looked at again under its lock.

    Killed in the middle, it has done some files whole and the others not at all; run again, it
    goes on. What fails is said in the report and tried again the next night.
    """
    told = Round()
    with acting_as(None, purpose=Purpose.RETENTION):
        waiting = [
            verdict.root.pk
            for verdict in verdicts(now=now)
            if verdict.is_due(local_day(verdict.root.authority, now))
        ]
    for pk in waiting:
        _treat_one(pk, now, told)
    for rows, rule in _rows_today(now):
        _treat_rows(rows, rule, now, told)
    _write_report(told, now)
    with acting_as(None, purpose=Purpose.RETENTION):
        copy_erasures()
    return told


def _treat_one(pk: int, now: datetime, told: Round) -> None:
    authority = ""
    try:
        with acting_as(None, purpose=Purpose.RETENTION):
            root = CaseFile.objects.select_for_update().filter(pk=pk).first()
            if root is None:
                return
            authority = root.authority_id
            # Nothing may be added to the file any more: what was found is what is there.
            members = CaseFile.objects.select_for_update().filter(merged_into=root).order_by("pk")
            list(members)
            verdict = next(verdicts(now=now, only=pk), None)
            if verdict is None or not verdict.is_due(local_day(root.authority, now)):
                return
            if verdict.held:
                told.held[authority] += 1
            else:
                _treat_file(verdict, now)
                told.done[authority, verdict.rule.thing, verdict.then] += 1
    except Exception:
        logger.exception("A case file could not be treated")
        told.failed[authority] += 1


def _treat_file(verdict: Verdict, now: datetime) -> None:
    if verdict.then not in DONE_BY_ITSELF:
        # The archivist decides: the controller sees it among what falls due.
        return
    root = verdict.root
    record(
        agent=None,
        deed=f"retention.{verdict.then}",
        subject=root,
        detail={"rule": str(verdict.rule.code), "files": len(verdict.files)},
    )
    _count(verdict.rule.thing, root.authority_id, root.opened_at.year, verdict.then)
    for case_file in CaseFile.objects.filter(pk__in=verdict.files).order_by("pk"):
        _write_line(FILE, case_file.ref, verdict.rule, root.authority_id, now)
    if verdict.then is Then.ERASE:
        erase_files(set(verdict.files))
        return
    for pk in sorted(verdict.files):
        Archived.objects.create(case_file_id=pk, at=now, rule=verdict.rule.code)


def _rows_today(now: datetime) -> list[tuple[Rows, RetentionRule]]:
    return [
        (rows, rule_for(rows.rule, authority="", on=now.astimezone(PARIS).date()))
        for rows in declared_rows()
    ]


def _due_rows(rows: Rows, rule: RetentionRule, now: datetime) -> Any:
    """Those that ended before the first day whose period still runs: none is due a day early."""
    today = now.astimezone(PARIS).date()
    running = today
    while rule.ends(running - ONE_DAY) >= today:
        running -= ONE_DAY
    return rows.find(running)


def _treat_rows(rows: Rows, rule: RetentionRule, now: datetime, told: Round) -> None:
    while True:
        with acting_as(None, purpose=Purpose.RETENTION):
            due = _due_rows(rows, rule, now)
            chosen = list(due.values_list("pk", "ref", rows.authority)[:ROWS_AT_ONCE])
            if not chosen:
                return
            for _, ref, code in chosen:
                _write_line(rows.model, ref, rule, code or "", now)
                _count(rule.thing, code or "", now.year, rule.then)
                told.done[code or "", rule.thing, rule.then] += 1
            record(
                agent=None,
                deed=f"retention.{rule.then}",
                detail={"rule": str(rule.code), "rows": len(chosen)},
            )
            rows.treat(due.model._base_manager.filter(pk__in=[pk for pk, _, _ in chosen]))


def _write_line(thing: str, ref: UUID, rule: RetentionRule, code: str, now: datetime) -> None:
    Erasure.objects.create(
        at=now, thing=thing, thing_ref=ref, rule=rule.code, then=rule.then, authority_code=code
    )


def _count(thing: str, code: str, year: int, then: Then) -> None:
    """The count survives the thing: written first, in the same transaction."""
    kept, _ = KeptCount.objects.get_or_create(
        thing=thing, authority_code=code, year=year, then=then
    )
    KeptCount.objects.filter(pk=kept.pk).update(count=F("count") + 1)


def _write_report(told: Round, now: datetime) -> None:
    codes = {code for code, _, _ in told.done} | set(told.held) | set(told.failed)
    with acting_as(None, purpose=Purpose.RETENTION):
        for code in sorted(codes):
            done = {
                f"{thing} : {then.label if isinstance(then, Then) else then}": count
                for (where, thing, then), count in sorted(told.done.items())
                if where == code
            }
            RetentionRun.objects.create(
                at=now,
                authority_code=code,
                done=done,
                held=told.held[code],
                failed=told.failed[code],
            )


@transaction.atomic
def place_hold(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Hold:
    """
    Stop the clock of a file, named by its reference; its controller sees no more of it.

    Raises:
        NotVisible: no file of an authority of the agent has this reference.
        AlreadyHeld, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    with acting_as(agent, purpose=Purpose.RETENTION):
        case_file = (
            CaseFile.objects.select_for_update(of=("self",))
            .select_related("authority")
            .filter(ref=ref, authority__in=controlled_by(agent))
            .first()
        )
        if case_file is None:
            raise NotVisible
        if Hold.objects.living().filter(case_file=case_file).exists():
            raise AlreadyHeld
        hold = Hold.objects.create(
            case_file=case_file,
            authority=case_file.authority,
            reason=reason.strip(),
            placed_at=now,
            placed_by=agent,
        )
        record(agent=agent, deed="retention.hold", subject=case_file)
    return hold


@transaction.atomic
def lift_hold(*, agent: Agent, ref: UUID, reason: str, now: datetime) -> Hold:
    """
    Raises:
        NotVisible: the hold is not of an authority of the agent.
        AlreadyLifted, ReasonMissing.
    """
    hold = read_hold(agent=agent, ref=ref)
    if not reason.strip():
        raise ReasonMissing
    with acting_as(agent, purpose=Purpose.RETENTION):
        locked = Hold.objects.select_for_update().get(pk=hold.pk)
        if locked.lifted_at is not None:
            raise AlreadyLifted
        locked.lifted_at, locked.lifted_by, locked.lift_reason = now, agent, reason.strip()
        locked.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        record(agent=agent, deed="retention.lift_hold", subject=locked.case_file)
    return locked


def replay_erasures(lines: Iterable[Line]) -> int:
    """
    Do again, in a database restored from before, what was done since.

    Holds do not count here: what is replayed was decided and done. A line already there, or
    whose thing is not there, changes nothing.

    Returns:
        How many things were erased, archived or made nameless.
    """
    treated = 0
    by_model = {rows.model: rows for rows in declared_rows()}
    for line in lines:
        with acting_as(None, purpose=Purpose.RETENTION):
            if Erasure.objects.filter(ref=UUID(line["ref"])).exists():
                continue
            treated += _replay(line, by_model)
            erasure_of(line).save(force_insert=True)
    return treated


def _replay(line: Line, by_model: dict[str, Rows]) -> int:
    if line["thing"] == FILE:
        case_file = CaseFile.objects.filter(ref=UUID(line["thing_ref"])).first()
        if case_file is None:
            return 0
        if line["then"] == Then.ERASE:
            erase_files({case_file.pk} | set(case_file.absorbed.values_list("pk", flat=True)))
        else:
            Archived.objects.get_or_create(
                case_file=case_file,
                defaults={"at": datetime.fromisoformat(line["at"]), "rule": line["rule"]},
            )
        return 1
    rows = by_model.get(line["thing"])
    if rows is None:
        return 0
    model = rows.find(date.max).model
    found = model._base_manager.filter(ref=UUID(line["thing_ref"]))
    count: int = found.count()
    rows.treat(found)
    return count
