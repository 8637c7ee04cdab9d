"""Thirty days after its end a conversation goes whole, and its return code with it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from fanal.ground.codes.terms import Kind
from fanal.ground.codes.use_cases import close_code
from fanal.ground.retention.declarations import Rows, declare_rows
from fanal.ground.retention.terms import RuleCode
from fanal.helpline.chats.models import Conversation, Message, Move, Proposal, Reading, Transfer
from fanal.helpline.chats.terms import State


def old_conversations(before: date) -> QuerySet[Conversation]:
    return Conversation.objects.filter(state=State.ENDED, ended_at__date__lt=before)


def _erase(conversations: QuerySet[Conversation]) -> None:
    for ref in conversations.values_list("ref", flat=True):
        close_code(kind=Kind.CHAT, opens=ref)
    Move.objects.filter(Q(conversation__in=conversations) | Q(other__in=conversations)).delete()
    Proposal.objects.filter(conversation__in=conversations).delete()
    Reading.objects.filter(conversation__in=conversations).delete()
    Transfer.objects.filter(conversation__in=conversations).delete()
    Message.objects.filter(conversation__in=conversations).delete()
    conversations.delete()


declare_rows(
    Rows(
        RuleCode.CHAT,
        "chats.conversation",
        old_conversations,
        _erase,
        "organisation__authority_id",
    )
)
