"""Traces of access leave with the night, by their dated rule, and the journal says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fanal.config.postgres.trials import TrialServer
from fanal.ground.audit.keeping import FolderKeeper
from fanal.ground.audit.sealing import last_seals, seal_day
from fanal.ground.audit.stamping import NullStamper
from fanal.ground.retention.models import KeptCount, RetentionRun
from fanal.ground.retention.rules import NATIONAL, BadRetentionRule
from fanal.ground.retention.tasks import apply_what_is_due
from fanal.ground.retention.traces import load_trace_terms
from fanal.ground.retention.use_cases import preview_retention
from ground.audit.bases import Base, own_base
from past import past

LINE = (
    "access_log,{authority},traces d'accès,écriture,{amount},{unit},{then},imaginé,A,2021-11-15,,"
)


@pytest.fixture
def base(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: Any,
    settings: Any,
    tmp_path: Path,
) -> Iterator[Base]:
    settings.FANAL_ERASURES = str(tmp_path / "erasures.jsonl")
    with django_db_blocker.unblock(), own_base(trial_server, template=template_database) as made:
        yield made


@pytest.fixture
def ruled(settings: Any, tmp_path: Path) -> Any:
    """An installation whose rules say something else of the traces."""

    def rule(amount: int, unit: str, *, authority: str = "", then: str = "erase") -> None:
        line = LINE.format(amount=amount, unit=unit, authority=authority, then=then)
        kept = [
            one
            for one in NATIONAL.read_text(encoding="utf-8").splitlines()
            if not one.startswith("access_log")
        ]
        path = tmp_path / f"rules-{amount}-{unit}.csv"
        path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
        settings.FANAL_RETENTION_RULES = str(path)

    return rule


def sealed_long_ago(base: Base, folder: Path) -> None:
    """Two traces of one authority and one of nobody, of five hundred days, and one of today."""
    long_ago = datetime.now(tz=UTC) - timedelta(days=731)
    for authority in ("59", "59", ""):
        base.add(authority=authority, ago="500 days")
    base.settle()
    seal_day(stamper=NullStamper(), keeper=FolderKeeper(folder), now=long_ago)
    base.add()
    base.settle()
    seal_day(stamper=NullStamper(), keeper=FolderKeeper(folder), now=datetime.now(tz=UTC))


def lines(base: Base) -> list[dict[str, Any]]:
    seen = preview_retention(now=datetime.now(tz=UTC)).as_lines()
    return [line for line in seen if line["object"] == "traces d'accès"]


def test_the_night_removes_whole_segments_and_their_seal_stays(base: Base, tmp_path: Path) -> None:
    sealed_long_ago(base, tmp_path / "seals")
    seals = last_seals(2)

    apply_what_is_due(0)

    assert lines(base) == []
    verdict = base.verdict(tmp_path / "seals")
    assert verdict.findings == []
    assert (verdict.expired, verdict.seals) == (3, 2)
    assert "3 traces à leur terme, retirées sous scellé." in verdict.lines()
    assert last_seals(2) == seals
    told = {one.authority_code: one.done for one in past(RetentionRun)}
    assert told == {
        "59": {"traces d'accès : effacer": 2},
        "": {"traces d'accès : effacer": 1},
    }
    assert {one.authority_code: one.count for one in past(KeptCount)} == {"59": 2, "": 1}


def test_the_dry_run_counts_them_and_leaves_them(base: Base, tmp_path: Path) -> None:
    sealed_long_ago(base, tmp_path / "seals")

    assert lines(base) == lines(base) != []
    assert {line["authority"]: line["count"] for line in lines(base)} == {"59": 2, "": 1}
    verdict = base.verdict(tmp_path / "seals")
    assert (verdict.findings, verdict.expired) == ([], 0)


def test_an_installation_that_keeps_them_three_years_keeps_them(
    base: Base, tmp_path: Path, ruled: Any, settings: Any
) -> None:
    ruled(3, "years")
    assert load_trace_terms()
    assert not load_trace_terms()
    sealed_long_ago(base, tmp_path / "seals")

    apply_what_is_due(0)

    assert base.verdict(tmp_path / "seals").expired == 0
    # Shortened since: what was sealed under a longer term keeps what its seal promised.
    settings.FANAL_RETENTION_RULES = ""
    assert load_trace_terms()
    apply_what_is_due(0)
    assert base.verdict(tmp_path / "seals").expired == 0


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (400, "days", {}),
        (12, "months", {"authority": "59"}),
        (1, "years", {"then": "archive"}),
    ],
)
def test_a_rule_that_no_segment_can_follow_is_refused(
    ruled: Any, amount: int, unit: str, said: dict[str, str]
) -> None:
    ruled(amount, unit, **said)

    with pytest.raises(BadRetentionRule, match="par segments entiers"):
        load_trace_terms()
