"""A structure is asked whether its entry is still right, by mail, with a link."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from procrastinate.contrib.django import app

from fanal.ground.access.asking import acting_as
from fanal.ground.access.terms import Purpose
from fanal.ground.agents.models import Agent
from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.prevent.spaces.freshness.bounces import Bounce
from fanal.prevent.spaces.freshness.doubting import mark_bounces, settle_doubts
from fanal.prevent.spaces.freshness.links import signed
from fanal.prevent.spaces.freshness.terms import (
    ASK_AFTER,
    ASKED_EVERY,
    LINK_LASTS,
    MOST_ASKED,
    DoubtSource,
)
from fanal.prevent.spaces.keeping import lock_service
from fanal.prevent.spaces.models import ConfirmationRequest, Mailbox, Service
from fanal.prevent.spaces.terms import Status, Tier

TASK = "spaces.send_request"
# RFC 5321: from this code on, the mail server will not take it later either.
FOR_GOOD = 500
# It says nothing of what the place is for: somebody else may read it over a shoulder.
SUBJECT = "Votre fiche d’annuaire : est-elle encore juste ?"
TEXT = (
    "Bonjour,\n\n"
    "« {name} » figure dans un annuaire de lieux d’accueil. Ce qui y est écrit est-il encore "
    "juste ? La page ci-dessous montre la fiche, ligne par ligne ; répondre prend deux minutes, "
    "sans compte ni mot de passe :\n\n{link}\n\n"
    "Ce lien sert une fois, jusqu’au {until}. Une correction est relue par une personne avant "
    "d’être montrée.\n\n"
    "Si ce message n’est pas pour vous, ne faites rien : le lien s’éteindra de lui-même.\n"
)


class NoMailbox(Refusal):
    message = "Ce lieu n’a pas d’adresse de contact : écrivez-la d’abord."


class MailboxBounced(Refusal):
    message = (
        "Le dernier courriel envoyé à cette adresse est revenu : corrigez-la, ou appelez le lieu."
    )


@transaction.atomic
def keep_mailbox(*, agent: Agent, ref: UUID, email: str, now: datetime) -> None:
    """
    Write to this address from now on; to none when it is empty.

    A link that was sent elsewhere no longer opens anything.

    Raises:
        NotVisible: no such place, or the agent does not keep the directory.
    """
    service = lock_service(ref)
    known = Mailbox.objects.filter(service=service).first()
    if known and known.email == email:
        return
    _revoke(service, now=now)
    if email:
        Mailbox.objects.update_or_create(
            service=service,
            defaults={"email": email, "kept_at": now, "kept_by": agent, "bounced_on": None},
        )
    elif known:
        known.delete()
    settle_doubts(service=service, agent=agent, now=now, sources=[DoubtSource.BOUNCE])
    record(agent=agent, deed="directory.contact", subject=service, detail={"kept": bool(email)})


@transaction.atomic
def ask_place(*, agent: Agent, ref: UUID, site: str, now: datetime) -> ConfirmationRequest:
    """
    Ask one structure, whenever it was asked last; the link that it had opens nothing any more.

    Args:
        site: where this service is reached, ``https://exemple.fr/``.

    Raises:
        NotVisible: no such place, or the agent does not keep the directory.
        NoMailbox, MailboxBounced: nobody would read it.
    """
    service = lock_service(ref)
    box = Mailbox.objects.filter(service=service).first()
    if box is None:
        raise NoMailbox
    if box.bounced_on is not None:
        raise MailboxBounced
    return _ask(service, agent=agent, site=site, now=now)


def to_be_asked(*, now: datetime) -> QuerySet[Service]:
    """
    Those that nobody has made sure of for 150 days and who were not asked for 90, the oldest first.

    Never one that is hidden from everybody: one writes to those by hand.
    """
    lately = ConfirmationRequest.objects.filter(
        service=OuterRef("pk"), asked_at__gt=now - ASKED_EVERY
    )
    old = Q(verified_on=None) | Q(verified_on__lt=localdate(now) - ASK_AFTER)
    return (
        Service.objects.filter(old, mailbox__isnull=False, mailbox__bounced_on=None)
        .exclude(tier=Tier.HIDDEN)
        .exclude(status=Status.DEFUNCT)
        .exclude(Exists(lately))
        .select_related("commune", "departement")
        .order_by("verified_on", "pk")
    )


@transaction.atomic
def ask_all(*, agent: Agent, site: str, now: datetime) -> int:
    """Ask those of ``to_be_asked``, ``MOST_ASKED`` at most; how many were."""
    chosen = list(to_be_asked(now=now).values_list("pk", flat=True)[:MOST_ASKED])
    # Locked, then looked at again: another batch may have asked them meanwhile.
    Service.objects.select_for_update().filter(pk__in=chosen).count()
    count = 0
    for service in to_be_asked(now=now).filter(pk__in=chosen):
        _ask(service, agent=agent, site=site, now=now)
        count += 1
    return count


def _ask(service: Service, *, agent: Agent, site: str, now: datetime) -> ConfirmationRequest:
    _revoke(service, now=now)
    asked = ConfirmationRequest.objects.create(
        service=service, asked_at=now, asked_by=agent, expires_at=now + LINK_LASTS
    )
    record(agent=agent, deed="directory.ask", subject=service)
    # Lost with the transaction and with nothing else; the link itself is in no queue.
    app.configure_task(TASK).defer(request_ref=str(asked.ref), site=site)
    return asked


def _revoke(service: Service, *, now: datetime) -> None:
    ConfirmationRequest.objects.filter(service=service, used_at=None, revoked_at=None).update(
        revoked_at=now
    )


def send_request(*, ref: UUID, site: str, now: datetime) -> bool:
    """
    The mail of one request, once; whether it left. One that was revoked meanwhile stays here, and
    an address that the mail server refuses for good is one that came back.

    Raises:
        OSError, SMTPException: the mail server took nothing: it is tried again.
    """
    with acting_as(None, purpose=Purpose.DIRECTORY):
        asked = (
            ConfirmationRequest.objects.select_for_update(of=("self",))
            .select_related("service")
            .filter(ref=ref, sent_at=None, used_at=None, revoked_at=None, expires_at__gt=now)
            .first()
        )
        if asked is None:
            return False
        box = Mailbox.objects.filter(service=asked.service).first()
        if box is None:
            return False
        try:
            _mail(asked, to=box.email, site=site).send()
        except SMTPRecipientsRefused as refusal:
            if any(code < FOR_GOOD for code, _ in refusal.recipients.values()):
                raise
            mark_bounces([Bounce(box.email, str(ref))], now=now)
            return False
        asked.sent_at = now
        asked.save(update_fields=["sent_at"])
        record(agent=None, deed="directory.send", subject=asked.service)
    return True


def _mail(asked: ConfirmationRequest, *, to: str, site: str) -> EmailMessage:
    link = site.rstrip("/") + reverse("spaces:answer", args=[signed(asked.ref)])
    until = localtime(asked.expires_at)
    text = TEXT.format(name=asked.service.name, link=link, until=f"{until:%d/%m/%Y}")
    return EmailMessage(SUBJECT, text, to=[to], connection=_way())


def _way() -> BaseEmailBackend:
    """The mail server; in the demonstration, a folder."""
    if settings.FANAL_OUTBOX:
        return get_connection(
            "django.core.mail.backends.filebased.EmailBackend", file_path=settings.FANAL_OUTBOX
        )
    return get_connection()
