"""What the engine cannot read."""


class UnreadableDigests(ValueError):
    """A list of digests that cannot be read; the message is French and says what to do."""
