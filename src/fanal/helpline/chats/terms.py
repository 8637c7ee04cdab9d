"""Words of the conversation: states, sides, what may be asked, what is said by the house."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class State(TextChoices):
    WAITING = "waiting", "En attente"
    ACTIVE = "active", "En cours"
    ENDED = "ended", "Terminée"


class Side(TextChoices):
    VISITOR = "visitor", "La personne"
    LISTENER = "listener", "L’écoutant"
    # The house itself: somebody came, left, is in danger.
    SYSTEM = "system", "Fanal"


class Topic(TextChoices):
    """What one may tick before being answered; the values are those of the rules of triage."""

    UNSAFE = "unsafe", "Je ne me sens pas en sécurité"
    VIOLENCE = "violence", "On me fait du mal"
    THREATS = "threats", "On me menace ou on me force"
    OUTSIDE = "outside", "Je ne sais pas où dormir"
    HEALTH = "health", "Ma santé"
    SUICIDE = "suicide", "Je pense à mourir"
    FRIEND = "friend", "Je m’inquiète pour quelqu’un"
    OTHER = "other", "Autre chose"


class MoveWhy(TextChoices):
    """Why a listener moves somebody who waits."""

    GRAVER = "graver", "plus grave que les règles ne le voient"
    CALMER = "calmer", "moins pressé que les règles ne le voient"
    SOON_GONE = "soon_gone", "ne pourra plus écrire longtemps"
    CUT = "cut", "conversation coupée, à reprendre"
    ASKED = "asked", "attend une personne précise"
    OTHER = "other", "autre motif, écrit ci-dessous"


class Agreed(TextChoices):
    """Whether whoever writes agrees that somebody else listens: their own word."""

    YES = "yes", "oui"
    NO = "no", "non"
    NOT_ASKED = "not_asked", "pas demandé"


class TransferState(TextChoices):
    ASKED = "asked", "demandé"
    ACCEPTED = "accepted", "accepté"
    DECLINED = "declined", "décliné"
    WITHDRAWN = "withdrawn", "retiré"


class PhraseState(TextChoices):
    DRAFT = "draft", "à relire"
    REVIEWED = "reviewed", "relue"
    RETIRED = "retired", "retirée"


# The topic of who says that they are in danger now, for the rules of triage.
DANGER_NOW = "danger_now"
LONGEST_MESSAGE = 4_000
LONGEST_CODE = 200
LONGEST_WHY = 200
LONGEST_SUMMARY = 1_000
LONGEST_TITLE, LONGEST_PHRASE = 80, 1_000
LONGEST_REASON = 60
# Somebody tired, or who reads little, loses a longer sentence [A].
EASY_WORDS = 15
# A hand writes less; a program that floods a conversation stops there.
MOST_A_MINUTE = 40
# Past this the page says that too many people wait, and gives the other ways.
MOST_WAITING = 5_000
# So many conversations begin in one minute, at the most, here: past it, a program floods. Those
# who say that they are in danger are counted apart, and are not kept out by the others.
MOST_COME_A_MINUTE = 120
# One listener talks with so many people at once, at the most.
MOST_AT_ONCE = 3
KEY_BYTES = 32

# Nobody left longer than that without news: whoever listens is then said to be gone.
LISTENER_GONE = timedelta(seconds=45)
# Somebody who never comes back holds no place: waiting, then talking.
VISITOR_GONE = timedelta(minutes=15)
# A desk that was seen since is open: somebody is there.
HERE_SINCE = LISTENER_GONE
# A conversation that ended opens again for so long, as its code does; its body is erased then.
COMES_BACK = timedelta(days=30)

TAKEN = "Quelqu’un est là et lit ce que tu écris."
LISTENER_LOST = (
    "La personne qui t’écoutait est partie, ou sa connexion est coupée. "
    "Ce que tu écris reste ici et sera lu."
)
LISTENER_BACK = "La personne qui t’écoutait est revenue."
GIVEN_BACK = (
    "La personne qui t’écoutait est partie. "
    "Tu gardes ta place, et quelqu’un d’autre va te répondre."
)
IN_DANGER = "« Je suis en danger maintenant. »"
READS_ALONG = "Une coordinatrice lit aussi cette conversation."
READS_NO_MORE = "La coordinatrice ne lit plus cette conversation."
HANDED_OVER = (
    "La personne qui t’écoutait passe le relais : quelqu’un d’autre est là maintenant, et a lu un "
    "court résumé. Tu n’as pas à tout redire."
)
BACK = "De retour, sur une nouvelle page : rien de ce qui a été dit avant n’y est affiché."
BACK_ASKED = (
    "De retour : rien de ce qui a été dit avant n’est affiché ici. "
    "La personne qui écoutait la dernière fois est là : on lui demande de reprendre."
)
BACK_OTHERS = (
    "De retour : rien de ce qui a été dit avant n’est affiché ici. "
    "La personne qui écoutait la dernière fois n’est pas là : quelqu’un d’autre va répondre."
)
VISITOR_LEFT = "La conversation a été quittée."
LISTENER_ENDED = "La conversation est terminée. Tu peux revenir quand tu veux."
VISITOR_LOST = "Il n’y a plus eu de nouvelles : la conversation est fermée."
CLOSED_WHILE_WAITING = (
    "C’est fermé maintenant, et personne n’a pu te répondre ici. "
    "Le 119 répond jour et nuit, gratuitement. En danger : 17, 112, ou 114 par SMS."
)
