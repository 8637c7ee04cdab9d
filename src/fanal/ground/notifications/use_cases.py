from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from fanal.ground.access.models import CaseFile
from fanal.ground.access.queries import told_of
from fanal.ground.agents.models import Agent
from fanal.ground.audit.terms import Outcome
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import NotVisible
from fanal.ground.notifications.models import Notification

# Neither a name, nor a word of the subject: a mailbox may be read over a shoulder.
MAIL_SUBJECT = "Un élément vous attend"
MAIL_BODY = "Bonjour,\n\nUn élément vous attend sur votre espace professionnel.\n"


@transaction.atomic
def notify(
    *,
    agents: Iterable[Agent],
    text: str,
    path: str,
    now: datetime,
    urgent: bool = False,
    case_file: CaseFile | None = None,
) -> None:
    """
    Leave a notice to each agent, and send a mail without content once the act is kept.

    ``text`` says what waits, never whom it is about. Of a ``case_file``, those who must never see
    it are told nothing; when it is sealed, those who do not hold it by name are not either.
    """
    receivers = list({agent.pk: agent for agent in agents}.values())
    if case_file is not None:
        receivers = told_of(case_file, receivers)
    notices = [
        Notification(agent=agent, text=text, path=path, urgent=urgent, created_at=now)
        for agent in receivers
    ]
    # Nothing is returned: the database shows a notice to whom it tells, and not to its author.
    Notification.objects.bulk_create(notices, ignore_conflicts=True)
    addresses = [agent.email for agent in receivers]
    if addresses:
        # The act is kept whatever becomes of the mail: the notice waits on the desk.
        transaction.on_commit(lambda: _send_mail(addresses), robust=True)


def _send_mail(addresses: list[str]) -> None:
    connection = get_connection(fail_silently=True)
    connection.send_messages(
        [EmailMessage(MAIL_SUBJECT, MAIL_BODY, to=[address]) for address in addresses]
    )


@transaction.atomic
def read_notification(*, agent: Agent, ref: UUID, now: datetime) -> Notification:
    """
    Raises:
        NotVisible: the notice is somebody else's, or does not exist.
    """
    notice = Notification.objects.select_for_update().filter(agent=agent, ref=ref).first()
    if notice is None:
        raise NotVisible
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    record(
        agent=agent,
        deed="notice.read",
        outcome=Outcome.READ,
        detail={"notice": str(notice.ref)},
    )
    return notice


@transaction.atomic
def read_all_notifications(*, agent: Agent, now: datetime) -> int:
    return Notification.objects.filter(agent=agent).unread().update(read_at=now)
