"""Words of the exchange space: who asks, what becomes of a question, what is published."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class State(TextChoices):
    WAITING = "waiting", "En attente"
    ANSWERED = "answered", "Répondue"
    DANGER = "danger", "Danger : passée à l’écoute"
    SET_ASIDE = "set_aside", "Écartée"


class Writer(TextChoices):
    YOUNG = "young", "Un enfant, un ou une jeune"
    RELATIVE = "relative", "Un parent, un proche"


class EntryState(TextChoices):
    DRAFT = "draft", "À relire"
    PUBLISHED = "published", "Publié"
    WITHDRAWN = "withdrawn", "Retiré"


MAY_BE_A_DANGER = "Une question parle peut-être d’un danger."
A_QUESTION_WAITS = "Une question attend une réponse."
LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 4_000
LONGEST_TITLE = 100
LONGEST_SEARCH = 100
# Of the whole instance: nothing is known of who sends.
MOST_A_MINUTE = 30
# The form sent twice, by an impatient finger or a network that hesitates, gives its code again.
SENT_AGAIN = timedelta(minutes=10)
