"""The demonstration: invented people, so that somebody who opens Fanal finds work under way."""

from fanal.config.demonstration.seed import seed

__all__ = ["seed"]
