# The queue looks for tasks here alone: the answers to events are brought with them.
from fanal.ground.notifications import reactions

__all__ = ["reactions"]
