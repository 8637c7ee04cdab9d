"""Who uses Fanal, for which body, and how they come in."""

from fanal.ground.agents.models.agent import (
    Absence,
    Agent,
    AgentManager,
    ApiToken,
    Organisation,
    Posting,
    PostingQuerySet,
    SavedFilter,
)
from fanal.ground.agents.models.entering import (
    AgentSession,
    Invitation,
    TryCounter,
    TwoPersonRequest,
)

__all__ = [
    "Absence",
    "Agent",
    "AgentManager",
    "AgentSession",
    "ApiToken",
    "Invitation",
    "Organisation",
    "Posting",
    "PostingQuerySet",
    "SavedFilter",
    "TryCounter",
    "TwoPersonRequest",
]
