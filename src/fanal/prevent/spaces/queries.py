"""The door of the public pages: one, and it opens on the view alone."""

from __future__ import annotations

from django.db.models import QuerySet

from fanal.prevent.spaces.models import PublicService


def public_services() -> QuerySet[PublicService]:
    """
    Services that anybody may know of, without the words that nobody confirmed.

    Public pages, the widget and the read interface ask here and nowhere else: what is of another
    tier is not filtered out by each of them, it is not in what they read.
    """
    return PublicService.objects.all()
