"""What the engine cannot do, in French, with what to do."""


class LinkageRefusal(ValueError):
    """The message is French and says what to do."""


class UnknownProfile(LinkageRefusal):
    """No profile of that name, nor a file of one."""


class UnreadableModel(LinkageRefusal):
    """A saved model that is not one, or that another version wrote."""


class NoSuchCard(LinkageRefusal):
    """No card of two records."""
