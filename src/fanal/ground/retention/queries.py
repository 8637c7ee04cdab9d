"""What falls due, said file by file; and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fanal.ground.access.decisions import PARIS
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent, Posting
from fanal.ground.agents.terms import Role
from fanal.ground.errors import NotVisible
from fanal.ground.retention.declarations import Ended, Living, look_at
from fanal.ground.retention.models import (
    Archived,
    Erasure,
    Hold,
    HoldQuerySet,
    KeptCount,
    RetentionRun,
)
from fanal.ground.retention.rules import RetentionRule, rule_for
from fanal.ground.retention.terms import RuleCode, Then
from fanal.ground.territory.models import ChildWelfareAuthority
from fanal.ground.territory.queries import local_day

BATCH = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What becomes of a file, with those that were merged into it, and from which day.

    ``began`` is the year in which it was opened: the counts that survive are by that year.
    """

    root: CaseFile
    files: frozenset[int]
    rule: RetentionRule
    kept_until: date
    held: bool

    @property
    def then(self) -> Then:
        return self.rule.then

    def is_due(self, today: date) -> bool:
        return self.kept_until < today


def verdicts(*, now: datetime, authority: str = "", only: int | None = None) -> Iterator[Verdict]:
    """
    Every file whose end is known, none that still runs.

    Run under ``Purpose.RETENTION``: anybody else sees their own files alone.
    """
    roots = CaseFile.objects.filter(merged_into__isnull=True).select_related("authority")
    if authority:
        roots = roots.filter(authority_id=authority)
    if only is not None:
        roots = roots.filter(pk=only)
    keys = list(roots.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from _of_batch(keys[start : start + BATCH], now)


def _of_batch(roots: list[int], now: datetime) -> Iterator[Verdict]:
    members = list(
        CaseFile.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
        .select_related("authority")
        .order_by("pk")
    )
    root_of = {one.pk: one.merged_into_id or one.pk for one in members}
    said: dict[int, list[Living | Ended]] = {}
    for one in look_at(list(root_of)):
        said.setdefault(root_of[one.case_file_id], []).append(one)
    held = set(
        Hold.objects.living().filter(case_file__in=root_of).values_list("case_file", flat=True)
    )
    archived = {one.case_file_id: one for one in Archived.objects.filter(case_file__in=root_of)}
    for root in members:
        if root.pk not in roots:
            continue
        files = frozenset(pk for pk, of in root_of.items() if of == root.pk)
        stored = archived.get(root.pk)
        found = (
            _of_archive(root, stored)
            if stored
            else _of_active(root, said.get(root.pk, []), local_day(root.authority, now))
        )
        if found:
            rule, until = found
            yield Verdict(root, files, rule, until, held=bool(files & held))


def _of_archive(root: CaseFile, stored: Archived) -> tuple[RetentionRule, date]:
    on = local_day(root.authority, stored.at)
    rule = rule_for(RuleCode.ARCHIVED_FILE, authority=root.authority_id, on=on)
    return rule, rule.ends(on)


def _of_active(
    root: CaseFile, said: list[Living | Ended], today: date
) -> tuple[RetentionRule, date] | None:
    """The latest end decides; what must be archived is never erased with the rest."""
    if any(isinstance(one, Living) for one in said):
        return None
    ends = []
    for one in said:
        if isinstance(one, Ended):
            rule = rule_for(one.rule, authority=root.authority_id, on=today)
            ends.append((rule.ends(one.on), rule))
    if not ends:
        return None
    until = max(day for day, _ in ends)
    archiving = [(day, rule) for day, rule in ends if rule.then is Then.ARCHIVE]
    _, rule = max(archiving or ends, key=lambda end: end[0])
    return rule, until


def controlled_by(agent: Agent) -> list[ChildWelfareAuthority]:
    """The authorities that this agent answers for today, as controller."""
    postings = (
        Posting.objects.current(on=localdate(timezone=PARIS))
        .filter(agent=agent, role=Role.CONTROLLER, organisation__authority__isnull=False)
        .select_related("organisation__authority")
    )
    found = {one.organisation.authority_id: one.organisation.authority for one in postings}
    return [one for one in found.values() if one is not None]


def holds_of(agent: Agent) -> HoldQuerySet:
    return (
        Hold.objects.filter(authority__in=controlled_by(agent))
        .select_related("placed_by", "lifted_by", "authority")
        .order_by("lifted_at", "-placed_at", "-pk")
    )


def read_hold(*, agent: Agent, ref: UUID) -> Hold:
    """
    Raises:
        NotVisible: it is another authority's, or nobody's.
    """
    found = holds_of(agent).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def counts_of(agent: Agent) -> QuerySet[KeptCount]:
    return KeptCount.objects.filter(authority_code__in=_codes(agent)).order_by(
        "-year", "thing", "then", "pk"
    )


def runs_of(agent: Agent) -> QuerySet[RetentionRun]:
    return RetentionRun.objects.filter(authority_code__in=_codes(agent)).order_by("-at", "-pk")


def erasures_of(agent: Agent) -> QuerySet[Erasure]:
    return Erasure.objects.filter(authority_code__in=_codes(agent)).order_by("-at", "-pk")


def _codes(agent: Agent) -> list[str]:
    return [one.code for one in controlled_by(agent)]
