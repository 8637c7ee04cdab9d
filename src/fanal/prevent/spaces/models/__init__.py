"""
The directory of places.

``Service`` is the whole record, behind its wall. ``PublicService`` is all that a public page may
know: a view of the owner (migration 0002), without a row of another tier nor a word that nobody
confirmed. The rest says how sure it is.
"""

from fanal.prevent.spaces.models.places import Described, Service
from fanal.prevent.spaces.models.sureness import Amendment, ConfirmationRequest, Doubt, Mailbox
from fanal.prevent.spaces.models.views import ProfessionalService, PublicChange, PublicService

__all__ = [
    "Amendment",
    "ConfirmationRequest",
    "Described",
    "Doubt",
    "Mailbox",
    "ProfessionalService",
    "PublicChange",
    "PublicService",
    "Service",
]
