"""The nightly round: what is due is archived, made nameless or erased; and what stops it."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from fanal.ground.access.asking import acting_as
from fanal.ground.access.decisions import PARIS
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.audit.use_cases import record
from fanal.ground.retention.declarations import Rows, declared_rows
from fanal.ground.retention.erasing import erase_files
from fanal.ground.retention.listing import copy_erasures
from fanal.ground.retention.models import Archived, Erasure, KeptCount, RetentionRun
from fanal.ground.retention.queries import Verdict, verdicts
from fanal.ground.retention.rules import RetentionRule, rule_for
from fanal.ground.retention.terms import FILE, Then
from fanal.ground.retention.traces import expired_traces, trace_rule, traces_about_to_expire
from fanal.ground.territory.queries import local_day

logger = logging.getLogger(__name__)

DONE_BY_ITSELF = (Then.ERASE, Then.ARCHIVE)
ROWS_AT_ONCE = 200
ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Round:
    """Counts of one round, by authority, thing and what became of it."""

    done: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def add(self, rule: RetentionRule, counted: Counter[str]) -> None:
        for code, count in counted.items():
            self.done[code, rule.thing, rule.then] += count

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
            seen.add(trace_rule(now), traces_about_to_expire())
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
    _treat_traces(now, told)
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
                _count(rule.thing, code or "", now.astimezone(PARIS).year, rule.then)
                told.done[code or "", rule.thing, rule.then] += 1
            record(
                agent=None,
                deed=f"retention.{rule.then}",
                detail={"rule": str(rule.code), "rows": len(chosen)},
            )
            rows.treat(due.model._base_manager.filter(pk__in=[pk for pk, _, _ in chosen]))


def _treat_traces(now: datetime, told: Round) -> None:
    """Whole segments of the journal; root and stamp stay, and its verifier says they expired."""
    rule = trace_rule(now)
    try:
        with acting_as(None, purpose=Purpose.RETENTION):
            gone = expired_traces()
            for code, count in gone.items():
                _count(rule.thing, code, now.astimezone(PARIS).year, rule.then, count)
            if gone:
                record(
                    agent=None,
                    deed=f"retention.{rule.then}",
                    detail={"rule": str(rule.code), "rows": gone.total()},
                )
    except Exception:
        logger.exception("The traces could not be treated")
        told.failed[""] += 1
    else:
        told.add(rule, gone)


def _write_line(thing: str, ref: UUID, rule: RetentionRule, code: str, now: datetime) -> None:
    Erasure.objects.create(
        at=now, thing=thing, thing_ref=ref, rule=rule.code, then=rule.then, authority_code=code
    )


def _count(thing: str, code: str, year: int, then: Then, count: int = 1) -> None:
    """The count survives the thing: written first, in the same transaction."""
    kept, _ = KeptCount.objects.get_or_create(
        thing=thing, authority_code=code, year=year, then=then
    )
    KeptCount.objects.filter(pk=kept.pk).update(count=F("count") + count)


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
