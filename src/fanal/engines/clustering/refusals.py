"""What the engine cannot read."""


class UnreadableTexts(ValueError):
    """A file of texts that cannot be read; the message is French and says what to do."""
