"""Everything that a fresh database must know before anybody uses it."""

from collections.abc import Callable


def load_all(*, using: str = "owner", progress: Callable[..., None] | None = None) -> None:
    """Load territory and deadline rules; quick when they are there already."""
    from fanal.ground.deadlines.loading import load_rules
    from fanal.ground.territory.loading import load_reference

    load_reference(using=using, progress=progress)
    load_rules(using=using)
