"""A letter is filed with its digest and its trace, seen with its file, and never changed."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from factories import CaseFileFactory, GrantFactory, MinorFactory
from fanal.ground.access.asking import acting_as
from fanal.ground.access.models import CaseFile
from fanal.ground.agents.models import Agent
from fanal.ground.audit.models import Trace
from fanal.ground.documents.contents import Letter
from fanal.ground.documents.models import Document
from fanal.ground.documents.queries import documents_of, read_document
from fanal.ground.documents.rendering import render
from fanal.ground.documents.use_cases import (
    AlreadySuperseded,
    OfAnotherFile,
    SeveralMinors,
    file_document,
)
from fanal.ground.errors import NotVisible
from fanal.ground.people.models import Minor
from fanal.ground.privacy.sealing.chosen import sealing_key
from fanal.ground.privacy.sealing.envelope import Place, rewrap, seal
from fanal.ground.privacy.sealing.keepers import DEMONSTRATION_KEEPER
from ground.documents.samples import EVALUATION_REPORT, HANDOVER_RECEIPT, OUTCOME
from rows import as_owner

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def file_letter(
    agent: Agent | None,
    case_file: CaseFile,
    *,
    letter: Letter = EVALUATION_REPORT,
    supersedes: Document | None = None,
) -> Document:
    return file_document(
        case_file=case_file,
        letter=letter,
        title="Rapport d'évaluation",
        agent=agent,
        now=NOON,
        supersedes=supersedes,
    )


def _file_then_fail(agent: Agent, case_file: CaseFile) -> None:
    file_letter(agent, case_file)
    file_letter(agent, case_file, letter=HANDOVER_RECEIPT)


def traces(deed: str) -> int:
    with as_owner():
        return Trace.objects.filter(deed=deed).count()


def test_a_letter_is_kept_as_it_was_printed(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)
        kept = Document.objects.get(ref=document.ref)

    assert bytes(kept.pdf) == render(EVALUATION_REPORT)
    assert kept.sha256 == sha256(kept.pdf).hexdigest()
    assert kept.size == len(kept.pdf)
    assert (kept.kind, kept.created_at, kept.created_by) == ("evaluation_report", NOON, nadia)
    assert traces("document.file") == 1


def test_a_refused_act_leaves_neither_document_nor_trace(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia), pytest.raises(SeveralMinors), transaction.atomic():
        _file_then_fail(nadia, lea.case_file)

    with acting_as(nadia):
        assert Document.objects.count() == 0
    assert traces("document.file") == 0


def test_a_letter_about_several_minors_goes_in_no_file(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia), pytest.raises(SeveralMinors):
        file_letter(nadia, lea.case_file, letter=HANDOVER_RECEIPT)


def test_a_new_version_takes_the_place_of_the_former(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        former = file_letter(nadia, lea.case_file)
        newer = file_letter(nadia, lea.case_file, supersedes=former)
        former.refresh_from_db()

        assert former.superseded_by == newer
        assert list(documents_of(lea.case_file).current()) == [newer]
        with pytest.raises(AlreadySuperseded):
            file_letter(nadia, lea.case_file, supersedes=former)


def test_a_version_replaces_nothing_in_another_file(nadia: Agent, lea: Minor) -> None:
    other = MinorFactory(given_names="Zoé").case_file
    with acting_as(nadia):
        former = file_letter(nadia, other)

        with pytest.raises(OfAnotherFile):
            file_letter(nadia, lea.case_file, supersedes=former)


def test_reading_a_document_leaves_a_trace(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)
        read_document(agent=nadia, ref=document.ref)

    assert traces("document.read") == 1


def test_a_stranger_reads_nothing(nadia: Agent, paul: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)

    with acting_as(paul):
        assert list(documents_of(lea.case_file)) == []
        with pytest.raises(NotVisible):
            read_document(agent=paul, ref=document.ref)


def test_a_stranger_files_nothing(paul: Agent, lea: Minor) -> None:
    with pytest.raises(Exception, match="row-level security"), acting_as(paul):
        file_letter(paul, lea.case_file)


def test_a_referent_reads_the_documents_of_a_granted_file(
    nadia: Agent, claire: Agent, lea: Minor
) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)
    with acting_as(claire), pytest.raises(NotVisible):
        read_document(agent=claire, ref=document.ref)

    GrantFactory(case_file=lea.case_file, agent=claire)

    with acting_as(claire):
        assert read_document(agent=claire, ref=document.ref) == document


def test_raw_sql_meets_the_same_wall(nadia: Agent, paul: Agent, lea: Minor) -> None:
    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_document")
            return int(cursor.fetchone()[0])

    with acting_as(nadia):
        file_letter(nadia, lea.case_file)
        assert rows() == 1
    with acting_as(paul):
        assert rows() == 0
    assert rows() == 0


@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"title": "autre"}, {"created_by": None}],
    ids=lambda change: next(iter(change)),
)
def test_a_filed_document_never_changes(
    change: dict[str, object], nadia: Agent, lea: Minor
) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)
    filed = Document.objects.filter(pk=document.pk)

    with pytest.raises(IntegrityError, match="a filed document does not change"), as_owner():
        filed.update(**change)


def test_a_filed_letter_keeps_its_bytes_whatever_key_wraps_them(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        document = file_letter(nadia, lea.case_file)
    place = Place("documents_document", "pdf", str(document.ref))

    def write(pdf: bytes) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE documents_document SET pdf = %s", [pdf])

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pdf FROM documents_document")
        stored = bytes(cursor.fetchone()[0])
    other = seal(b"%PDF another letter", place=place, key=sealing_key())
    wrapped = rewrap(stored, place=place, unwrap=DEMONSTRATION_KEEPER.unwrap, key=sealing_key())
    with acting_as(nadia):
        for changed in (b"x", b"", other, stored[:-1], wrapped + b"x"):
            with pytest.raises(IntegrityError, match="a filed document does not change"):
                write(changed)
        write(wrapped)
        assert bytes(Document.objects.get().pdf).startswith(b"%PDF")


def test_the_documents_of_merged_files_are_read_together(nadia: Agent, lea: Minor) -> None:
    absorbed = CaseFileFactory(merged_into=lea.case_file)
    with acting_as(nadia):
        first = file_letter(nadia, absorbed)
        second = file_letter(nadia, lea.case_file, letter=OUTCOME)

        assert set(documents_of(lea.case_file)) == {first, second}


def test_a_list_leaves_the_bytes_in_the_database(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        file_letter(nadia, lea.case_file)

        assert "pdf" in documents_of(lea.case_file).get().get_deferred_fields()


def test_scheduled_work_files_without_an_agent(nadia: Agent, lea: Minor) -> None:
    with acting_as(nadia):
        assert file_letter(None, lea.case_file).created_by is None
