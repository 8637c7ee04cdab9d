"""What is due is done once, whole or not at all; what runs or is held does not move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from factories import NOON, ConcernFactory, InformantFactory, MinorFactory, OtherMinorFactory
from fanal.config.demonstration import seed
from fanal.detect.concerns.models import Concern, Draft, Informant, Submission
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.retention.erasing import erase_files, find_rows
from fanal.ground.retention.listing import copy_erasures, read_list
from fanal.ground.retention.models import Archived, Erasure, Hold, KeptCount, RetentionRun
from fanal.ground.retention.use_cases import (
    AlreadyHeld,
    apply_retention,
    lift_hold,
    nightly,
    place_hold,
    preview_retention,
    replay_erasures,
)
from fanal.protect.situations.terms import Ground
from fanal.protect.situations.use_cases import open_situation
from rows import as_owner

pytestmark = pytest.mark.django_db
SIX_MONTHS_ON = datetime(2026, 9, 10, 12, tzinfo=UTC)
TWO_YEARS_ON = datetime(2028, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kept_list(settings: Any, tmp_path: Path) -> Path:
    settings.FANAL_ERASURES = str(tmp_path / "erasures.jsonl")
    return tmp_path / "erasures.jsonl"


@pytest.fixture
def solene(nord: Any) -> Agent:
    from factories import AgentFactory, PostingFactory

    agent = AgentFactory(name="Solène Inventée", email="solene@fanal.invalid")
    PostingFactory(agent=agent, organisation=nord, role="controller")
    return agent


def _unconfirmed() -> Concern:
    concern = ConcernFactory(status="not_a_concern", exploitation="none")
    InformantFactory(concern=concern)
    OtherMinorFactory(concern=concern)
    return concern


def _closed() -> Concern:
    return ConcernFactory(
        status="closed", outcome="common_law_referral", decided_at=NOON, closed_at=NOON
    )


def _files(*concerns: Concern) -> list[bool]:
    with as_owner():
        return [CaseFile.objects.filter(pk=one.case_file_id).exists() for one in concerns]


def test_an_unconfirmed_one_goes_after_six_months_and_not_a_day_before(nadia: Agent) -> None:
    concern, other = _unconfirmed(), ConcernFactory()
    last_day = datetime(2026, 9, 9, 20, tzinfo=UTC)

    assert apply_retention(now=last_day).done == {}
    assert _files(concern, other) == [True, True]
    seen = preview_retention(now=SIX_MONTHS_ON)
    told = apply_retention(now=SIX_MONTHS_ON)

    assert (
        seen.done[("59", "transmission qui n'est pas une information préoccupante", "erase")] == 1
    )
    assert _files(concern, other) == [False, True]
    assert sum(told.done.values()) == 2  # the file, and its receipt made nameless
    with as_owner():
        assert not Minor.objects.filter(pk=concern.case_file.minor.pk).exists()
        assert not Informant.objects.exists()
        receipt = Submission.objects.get(pk=concern.submission_id)
        assert (receipt.initials, receipt.match_keys) == ("", [])
        assert KeptCount.objects.get(then="erase").count == 1
        line = Erasure.objects.get(thing="access.casefile")
        assert (line.thing_ref, line.authority_code) == (concern.case_file.ref, "59")
        trace = Trace.objects.get(deed="retention.erase", case_file_ref=concern.case_file.ref)
        assert trace.detail == {"rule": "unconfirmed_observation", "files": 1}
        assert RetentionRun.objects.filter(authority_code="59").exists()


def test_done_again_it_changes_nothing(nadia: Agent) -> None:
    _unconfirmed(), _closed()
    apply_retention(now=TWO_YEARS_ON)
    with as_owner():
        before = (Erasure.objects.count(), KeptCount.objects.count(), Archived.objects.count())

    assert apply_retention(now=TWO_YEARS_ON).done == {}

    with as_owner():
        assert before == (
            Erasure.objects.count(),
            KeptCount.objects.count(),
            Archived.objects.count(),
        )


def test_an_archived_file_leaves_every_desk_and_stays_whole(nadia: Agent) -> None:
    concern = _closed()
    with acting_as(nadia):
        assert Concern.objects.filter(pk=concern.pk).exists()

    apply_retention(now=TWO_YEARS_ON)

    with acting_as(nadia):
        assert not Concern.objects.filter(pk=concern.pk).exists()
        assert not Minor.objects.filter(case_file=concern.case_file_id).exists()
    assert _files(concern) == [True]
    # Its public archive is proposed to the archivist, never destroyed by itself.
    apply_retention(now=TWO_YEARS_ON + timedelta(days=10 * 366))
    assert _files(concern) == [True]


def test_a_situation_that_runs_keeps_everything(ines: Agent, claire: Agent, lea: Minor) -> None:
    concern = ConcernFactory(
        minor=lea, status="closed", outcome="common_law_referral", decided_at=NOON, closed_at=NOON
    )
    with acting_as(ines):
        open_situation(
            agent=ines,
            case_file_ref=lea.case_file.ref,
            ground=Ground.REASONED_ACT,
            reason="Danger constaté (invention).",
            referent=claire,
            now=NOON,
        )

    assert apply_retention(now=TWO_YEARS_ON + timedelta(days=9000)).done == {}
    assert _files(concern) == [True]


def test_a_hold_stops_it_until_it_is_lifted(solene: Agent, paul: Agent) -> None:
    concern = _unconfirmed()
    ref = concern.case_file.ref
    with pytest.raises(NotVisible):
        place_hold(agent=paul, ref=ref, reason="Curiosité.", now=NOON)
    with acting_as(solene):
        hold = place_hold(agent=solene, ref=ref, reason="Plainte en cours.", now=NOON)
        with pytest.raises(AlreadyHeld):
            place_hold(agent=solene, ref=ref, reason="Plainte en cours.", now=NOON)

    told = apply_retention(now=SIX_MONTHS_ON)

    assert (told.held["59"], _files(concern)) == (1, [True])
    with (
        pytest.raises(DatabaseError, match="casefile_is_held"),
        transaction.atomic(),
        acting_as(None, purpose=Purpose.RETENTION),
    ):
        CaseFile.objects.filter(ref=ref)._raw_delete(using="default")
    with acting_as(solene):
        lift_hold(agent=solene, ref=hold.ref, reason="Classée.", now=SIX_MONTHS_ON)
    apply_retention(now=SIX_MONTHS_ON)
    assert _files(concern) == [False]


def test_cut_short_a_file_is_whole_or_gone_and_the_next_night_goes_on(
    nadia: Agent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    concerns = [_unconfirmed() for _ in range(3)]
    asked: list[int] = []

    def stumble(files: set[int]) -> int:
        asked.append(len(asked))
        erased = erase_files(files)
        if len(asked) == 2:
            raise RuntimeError("cut short, after the rows went")
        return erased

    monkeypatch.setattr(nightly, "erase_files", stumble)
    told = apply_retention(now=SIX_MONTHS_ON)

    assert told.failed["59"] == 1
    assert sorted(_files(*concerns)) == [False, False, True]
    with as_owner():
        kept = next(one for one in concerns if CaseFile.objects.filter(pk=one.case_file_id))
        assert Minor.objects.filter(case_file=kept.case_file_id).exists()
        assert Informant.objects.filter(concern=kept).exists()
        assert Erasure.objects.filter(thing="access.casefile").count() == 2
        assert KeptCount.objects.get(then="erase").count == 2
    monkeypatch.undo()
    apply_retention(now=SIX_MONTHS_ON)
    assert _files(*concerns) == [False, False, False]


def test_outside_the_work_of_the_night_no_file_is_ever_deleted(nadia: Agent, lea: Minor) -> None:
    bare = MinorFactory().case_file
    for agent, purpose in ((nadia, Purpose.DESK), (None, Purpose.ALARMS)):
        with (
            pytest.raises(DatabaseError, match="erased_in_time_alone"),
            transaction.atomic(),
            acting_as(agent, purpose=purpose),
        ):
            CaseFile.objects.filter(pk=bare.pk)._raw_delete(using="default")


def test_an_old_draft_goes_and_a_fresh_one_stays(sofia: Agent, school: Any) -> None:
    with as_owner():
        for at in (NOON, SIX_MONTHS_ON):
            Draft.objects.create(agent=sofia, organisation=school, started_at=at, updated_at=at)

    apply_retention(now=SIX_MONTHS_ON)

    with as_owner():
        assert [one.updated_at for one in Draft.objects.all()] == [SIX_MONTHS_ON]


def test_the_list_outside_is_added_to_and_replayed(nadia: Agent, kept_list: Path) -> None:
    concern = _unconfirmed()
    apply_retention(now=SIX_MONTHS_ON)
    lines = read_list()
    with kept_list.open("a", encoding="utf-8") as cut:
        cut.write('{"ref": "cut sho')
    with acting_as(None, purpose=Purpose.RETENTION):
        assert copy_erasures() == 0
    assert read_list() == lines
    assert {"thing", "thing_ref"} <= lines[0].keys()
    assert "Léa" not in kept_list.read_text(encoding="utf-8")

    # A backup of before would bring another file of the same reference back.
    with as_owner():
        back = CaseFile.objects.create(ref=concern.case_file.ref, authority_id="59", opened_at=NOON)
        MinorFactory(case_file=back)
        Erasure.objects.all()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE retention_erasure DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM retention_erasure")
            cursor.execute("ALTER TABLE retention_erasure ENABLE TRIGGER USER")
    replay_erasures(lines)
    with as_owner():
        assert not CaseFile.objects.filter(ref=concern.case_file.ref).exists()
        assert Erasure.objects.count() == len(lines)
    assert replay_erasures(lines) == 0


def test_every_file_of_the_demonstration_can_go_without_an_orphan(db: None) -> None:
    """Every table there is hangs on some file here: none keeps a row, none refuses."""
    seed(now=datetime.now(tz=UTC))
    with acting_as(None, purpose=Purpose.RETENTION):
        files = set(CaseFile.objects.values_list("pk", flat=True))
        doomed, _ = find_rows(files)
        assert len(doomed) > 20
        gone = erase_files(files)
    assert gone == sum(len(keys) for keys in doomed.values())
    with as_owner():
        assert not CaseFile.objects.exists()
        assert not Hold.objects.exists()
        left = {model._meta.label for model in doomed if model._base_manager.exists()}
        assert left == set()
