"""
What in a text might let somebody be known: said to a person, who decides.

Numbers, handles, mails and links by ``engines/contacts``, disguised or not; places and names by
how they are written. It would rather say too much: a word flagged costs a look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanal.engines.contacts.extracting import contacts

SAID = {
    "phone": "un numéro de téléphone",
    "handle": "un pseudonyme",
    "mail": "une adresse e-mail",
    "link": "un lien",
    "address": "une adresse",
    "name": "un nom, ou un lieu",
}
NUMBERS_OF_THE_STATE = {"+3317", "+33112", "+33114", "+33119", "17", "112", "114", "119"}
STREET = re.compile(
    r"\b(?:\d{1,4}\s*(?:bis|ter)?,?\s+)?(?:rue|avenue|boulevard|allée|impasse|chemin|quai|place)"
    r"\s+(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’'])?[A-ZÀ-Ý][\wÀ-ÿ’'-]*"
    r"|\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|allée|impasse|chemin|quai|place)\b"
    r"|\b(?:0[1-9]|[1-8]\d|9[0-578])\d{3}\b"
)
CAPITAL = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]+(?:[- ][A-ZÀ-Ý][a-zà-ÿ]+)*")
BEGINS = re.compile(r"(?:^|[.!?…:\n«\"])\s*$")
# What begins a sentence, and is nobody.
OPENERS = frozenset(
    """
    a ai alors apres au aucun aucune aujourd aussi avant avec avez avoir beaucoup bien bonjour
    bonsoir c ca car ce cela celle celui ces cet cette chaque chez comme comment d dans de
    depuis des deux dis dites du elle elles en encore enfin ensuite est et etre eux faire faut
    ici il ils j jamais je l la le les leur lui m ma mais maintenant me meme merci mes moi mon n
    ne ni non nos notre nous on or ou oui par parce parfois parler peut peux personne plus pour
    pourquoi pouvez puis quand que quel quelle quelqu quelque quelques qui quoi rien s sa salut
    sans se ses si son sont souvent sur t ta te tes toi ton tous tout toute toutes tu un une va
    vers voila vos votre vous y dormir ecrire appeler demander garder bloquer signaler prevenir
    ecouter rester dire proposer essayer vient viendra prefere craint souhaite voudrait veut
    attend accepte arrive arrivera accompagne accompagnee accompagnes besoin tres parle parlera
    sait connait habite vit dort mange sort rentre refuse demande cherche semble fatigue fatiguee
    """.split()  # noqa: SIM905
)
ACCENTS = str.maketrans("àâäéèêëîïôöùûüçÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ", "aaaeeeeiioouuucAAAEEEEIIOOUUUC")


@dataclass(frozen=True, slots=True)
class Flag:
    """``kind``: a key of ``SAID``. ``written``: as the text writes it."""

    kind: str
    written: str

    @property
    def said(self) -> str:
        return f"{SAID[self.kind]} : « {self.written} »"


def flags_of(*texts: str) -> tuple[Flag, ...]:
    """Each different one once, in the order in which they are met."""
    found: dict[Flag, None] = {}
    for text in texts:
        for one in contacts(text):
            written = one.written(text)
            if one.value not in NUMBERS_OF_THE_STATE:
                found[Flag(one.kind, written.strip())] = None
        for match in STREET.finditer(text):
            found[Flag("address", match[0].strip())] = None
        for name in _names(text):
            found[Flag("name", name)] = None
    return tuple(found)


def _names(text: str) -> list[str]:
    return [
        match[0]
        for match in CAPITAL.finditer(text)
        if not (BEGINS.search(text[: match.start()]) and _opens(match[0]))
    ]


def _opens(word: str) -> bool:
    return word.translate(ACCENTS).lower() in OPENERS
