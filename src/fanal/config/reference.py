"""Everything that a fresh database must know before anybody uses it."""

from collections.abc import Callable


def load_all(*, using: str = "owner", progress: Callable[..., None] | None = None) -> None:
    """Load territory, deadline rules and the term of traces; quick when they are there already."""
    from fanal.ground.deadlines.loading import load_rules
    from fanal.ground.retention.traces import load_trace_terms
    from fanal.ground.territory.loading import load_reference

    load_reference(using=using, progress=progress)
    load_rules(using=using)
    load_trace_terms(using=using)
