"""How a link reaches its agent: by mail in a service, on the screen in the demonstration."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from fanal.ground.agents.models import Agent

log = logging.getLogger(__name__)
SUBJECT = "Votre accès à Fanal"
TEXT = (
    "Bonjour,\n\n"
    "Un accès à Fanal vous attend. Ce lien sert une fois, pendant trois jours :\n\n{link}\n\n"
    "Si vous n’attendiez rien, ne l’ouvrez pas et prévenez votre administrateur.\n"
)


def hand_over_link(request: HttpRequest, agent: Agent, token: str) -> None:
    """
    In a service the administrator never sees the link: they could enter in the agent's stead.

    It leaves once the transaction is kept, and says so when it could not.
    """
    link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
    if not settings.FANAL_SERVICE:
        messages.success(request, f"Démonstration : le lien, à usage unique, est {link}")
        return
    transaction.on_commit(lambda: _send(agent.email, link))
    messages.success(request, "Le lien part à l’adresse de l’agent. Il sert une fois.")


def _send(address: str, link: str) -> None:
    try:
        send_mail(SUBJECT, TEXT.format(link=link), None, [address])
    except (OSError, SMTPException):
        # Neither the address nor the link: the agent's screen lets it be sent again.
        log.exception("a link could not be sent")
