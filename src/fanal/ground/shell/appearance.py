"""Light, dark, or as the device says: a choice kept in a cookie, on desks alone."""

from __future__ import annotations

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse

COOKIE = "apparence"
ONE_YEAR = 365 * 24 * 3600


class Appearance(TextChoices):
    DEVICE = "appareil", "Comme l’appareil"
    LIGHT = "clair", "Clair"
    DARK = "sombre", "Sombre"


def chosen_appearance(request: HttpRequest) -> str:
    """The reader's choice; anything unknown means: as the device says."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if kept in Appearance.values else Appearance.DEVICE.value


def keep_appearance(response: HttpResponse, *, wanted: str, secure: bool) -> None:
    if wanted not in {Appearance.LIGHT, Appearance.DARK}:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, wanted, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=secure
    )
