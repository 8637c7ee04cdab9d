"""What the house refuses: one family of errors, each with a sentence a person can act on."""


class Refusal(Exception):
    """An act that the rules refuse. ``message`` is French and says what to do."""

    message = "Cette action n'est pas possible."

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)


class NotVisible(Refusal):
    """The thing does not exist, or is not this agent's to see: the answer is the same."""

    message = "Cette page n'existe pas, ou ne vous est pas ouverte."
