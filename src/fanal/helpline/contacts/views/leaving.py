"""What a record shows of what leaves from it: by sibling group, where it stands and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from fanal.detect.concerns.models import Submission
from fanal.detect.concerns.terms import SubmissionStatus
from fanal.ground.shell.pieces import Step
from fanal.helpline.contacts.content import groups_of
from fanal.helpline.contacts.mapping import every_group, whose
from fanal.helpline.contacts.models import Contact, Transmission
from fanal.helpline.contacts.terms import MAY_SEND, WAITING
from fanal.helpline.contacts.use_cases import NotReady, ready_of


@dataclass(frozen=True, slots=True)
class Leaving:
    """One sibling group of a record, and its information préoccupante if there is one."""

    group: int
    whose: str
    found: Transmission | None
    # The record now says that it cannot wait any more.
    urgent_now: tuple[str, ...] = ()
    may_send: bool = False
    course: tuple[Step, ...] = ()

    @property
    def asked(self) -> str:
        return f"?fratrie={self.group}"

    @property
    def waits(self) -> bool:
        return self.found is not None and self.found.reading in WAITING


def leaving_of(contact: Contact, *, now: datetime) -> list[Leaving]:
    known = {one.group: one for one in contact.transmissions.all()}
    children = groups_of(contact.content)
    groups = sorted({*every_group(contact.content), *known})
    may_send = contact.state in MAY_SEND
    return [
        Leaving(
            group,
            whose(children.get(group, [])),
            known.get(group),
            _urgent_now(contact, known.get(group), now),
            may_send,
            tuple(course_of(known[group])) if group in known else (),
        )
        for group in groups
    ]


def _urgent_now(contact: Contact, found: Transmission | None, now: datetime) -> tuple[str, ...]:
    if found is None or found.reading not in WAITING:
        return ()
    found.contact = contact
    try:
        return ready_of(found, now=now).urgent
    except NotReady:
        return ()


def course_of(found: Transmission) -> list[Step]:
    """The three words that the author is told, each with its day."""
    if found.submission is None:
        return []
    return list(_steps(found, found.submission))


def _steps(found: Transmission, submission: Submission) -> Iterator[Step]:
    place = SubmissionStatus.values.index(submission.status)
    days = days_of(found, submission)
    for rank, status in enumerate(SubmissionStatus):
        day = days[status]
        said = status.label.capitalize()
        said = f"{said}, {localtime(day):%d/%m}" if day else said
        # Nothing comes after the answer: it is no step under way.
        over = rank < place or status == submission.status == SubmissionStatus.OUTCOME_GIVEN
        yield Step(said, "done" if over else "current" if rank == place else "todo")


def days_of(found: Transmission, submission: Submission) -> dict[SubmissionStatus, datetime | None]:
    """When each word was said, as far as it is known."""

    def since(status: SubmissionStatus, kept: datetime | None) -> datetime | None:
        return kept or (submission.status_at if submission.status == status else None)

    return {
        SubmissionStatus.RECEIVED: submission.sent_at,
        SubmissionStatus.IN_PROGRESS: since(SubmissionStatus.IN_PROGRESS, found.opened_at),
        SubmissionStatus.OUTCOME_GIVEN: since(SubmissionStatus.OUTCOME_GIVEN, found.answered_at),
    }
