"""How easily a sentence is read: its longest stretch of words, and nothing of who reads."""

from __future__ import annotations

import re

from fanal.helpline.chats.terms import EASY_WORDS


def longest_of(text: str) -> int:
    """
    Words of the longest sentence.

    >>> longest_of("Tu es là. Tu peux rester ici ?")
    4
    """
    sentences = re.split(r"[.!?…:;]+|\n", text)
    return max((len(re.findall(r"[\w’'-]+", one)) for one in sentences), default=0)


def hint_of(text: str) -> str:
    """What the desk says to whoever writes or reviews; empty when it reads easily."""
    longest = longest_of(text)
    if longest <= EASY_WORDS:
        return ""
    return f"Une phrase a {longest} mots : au-delà de {EASY_WORDS}, coupez-la en deux."
