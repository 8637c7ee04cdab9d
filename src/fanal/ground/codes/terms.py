from datetime import timedelta

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a code leads back to."""

    CHAT = "chat", "conversation"
    FORM = "form", "formulaire"
    QUESTION = "question", "question"
    LODGING = "lodging", "hébergement"
    BOOKING = "booking", "rendez-vous"


def kind_choices() -> list[tuple[str, str]]:
    """For a field: a new word asks for no migration."""
    return Kind.choices


class Answer(TextChoices):
    OPEN = "open", "ouvert"
    # Never given, over, tried too often, given under duress: one answer, and no way to tell.
    UNKNOWN = "unknown", "inconnu"
    # Too many people try at once; says nothing of the code.
    BUSY = "busy", "occupé"


# The code dies with the conversation, at the latest.
LASTS = timedelta(days=30)
SAID = {
    Answer.UNKNOWN: (
        "Ce code n’ouvre rien : il est mal recopié, trop ancien, ou a été essayé trop souvent. "
        "On peut réessayer dans une heure, ou commencer une nouvelle conversation."
    ),
    Answer.BUSY: "Trop de codes sont essayés en ce moment. On peut réessayer dans une minute.",
}
