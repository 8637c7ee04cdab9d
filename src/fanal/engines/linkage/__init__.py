"""Which records speak of the same person, each link with its reasons; never a decision."""
