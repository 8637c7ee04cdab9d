from fanal.helpline.chats.models.hands import Reading, Transfer
from fanal.helpline.chats.models.hours import ChatHours
from fanal.helpline.chats.models.phrases import Phrase, Proposal
from fanal.helpline.chats.models.queue import Desk, Move
from fanal.helpline.chats.models.talks import LEVELS, Conversation, Message

__all__ = [
    "LEVELS",
    "ChatHours",
    "Conversation",
    "Desk",
    "Message",
    "Move",
    "Phrase",
    "Proposal",
    "Reading",
    "Transfer",
]
