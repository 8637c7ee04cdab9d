"""Words of the roster: posts, presence, what weighs, what is asked after it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices


class Post(TextChoices):
    """What one answers. On call, one is at home: it counts as rest until one is called."""

    CALL = "call", "Téléphone"
    CHAT = "chat", "Tchat"
    FORM = "form", "Formulaire"
    ON_CALL = "on_call", "Astreinte"


class State(TextChoices):
    """Off is no row."""

    ON = "on", "En poste"
    PAUSE = "pause", "En pause"


class Channel(TextChoices):
    CHAT = "chat", "tchat"
    CALL = "call", "téléphone"
    FORM = "form", "formulaire"


def channel_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Channel.choices


class Why(TextChoices):
    """Why a contact is said to be hard: about the work, never about who called."""

    WORD = "word", "dit par qui écoute"
    DANGER = "danger", "classe danger"


class Deed(TextChoices):
    PUT = "put", "Ajout"
    CHANGE = "change", "Modification"
    REMOVE = "remove", "Retrait"
    COPY = "copy", "Copie de la semaine d’avant"


HALF_HOUR = timedelta(minutes=30)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# What was changed longer ago is changed by hand.
UNDONE_WITHIN = timedelta(days=7)
LONGEST_REACH = 120
