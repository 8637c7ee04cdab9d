"""Whatever a hand with every right does to the journal is found, and named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanal.config.postgres.trials import TrialServer
from fanal.ground.audit.canon import COLUMNS
from ground.audit.tampering.hands import HANDS, OTHER
from ground.audit.tampering.journal import PARTS, PER_PART, Journal, draw, made_journal
from sizes import WHOLE, size
from walls.figures import say

COUNT = size(25, 500)
found: Counter[str] = Counter()


@pytest.fixture(scope="module")
def journal(
    trial_server: TrialServer,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Journal]:
    folder: Path = tmp_path_factory.mktemp("seals")
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        made_journal(
            trial_server,
            template=template_database,
            name=f"journal_{os.getpid()}",
            folder=folder,
        ) as made,
    ):
        yield made


def test_a_journal_that_nobody_touched_is_whole(journal: Journal) -> None:
    verdict = journal.verify()

    assert verdict.findings == []
    assert verdict.traces == PARTS * PER_PART
    assert (verdict.chains, verdict.seals, verdict.stamps) == (6, PARTS - 1, PARTS - 1)
    assert (verdict.expired, verdict.waiting, verdict.notes) == (0, 0, [])


@pytest.mark.parametrize("number", range(COUNT))
def test_every_tampering_is_found(journal: Journal, number: int) -> None:
    hand, random = HANDS[number % len(HANDS)], draw(number)
    with journal.tampered() as cursor:
        hand(cursor, random)
        verdict = journal.verify()

    assert not verdict.sound, hand.__name__
    found[hand.__name__] += 1
    line = verdict.findings[0].line()
    assert "\n" not in line
    assert line.endswith(".")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_named_with_its_place(journal: Journal, column: str) -> None:
    with journal.tampered() as cursor:
        cursor.execute(
            f"UPDATE audit_trace SET {column} = {OTHER[column]} WHERE id ="  # noqa: S608
            " (SELECT trace_id FROM audit_link WHERE chain = 'authority:59' AND position = 7)"
        )
        (first, *_) = journal.verify().findings

    assert (first.chain, first.position) == ("authority:59", 7)
    assert first.flaw == ("removed" if column == "id" else "altered")


def test_the_journal_is_whole_again_after_all_that(journal: Journal) -> None:
    assert journal.verify().sound
    if WHOLE:
        say(f"Tampering: {found.total()} of {COUNT} found, by {len(found)} kinds of hands")
