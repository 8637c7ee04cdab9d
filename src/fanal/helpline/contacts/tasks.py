"""The worker finds its jobs by this name; those of this room are reactions."""

from fanal.helpline.contacts import reactions

__all__ = ["reactions"]
