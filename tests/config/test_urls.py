"""The doors of the house are those of its rooms."""

from __future__ import annotations

from pathlib import Path

from django.urls import URLResolver

import fanal
from fanal.config import urls

SOURCE = Path(fanal.__file__).parent


def test_the_doors_of_every_room_are_served() -> None:
    written = {
        ".".join(("fanal", *path.relative_to(SOURCE).with_suffix("").parts))
        for path in SOURCE.glob("*/*/urls.py")
    }
    served = {
        one.urlconf_module.__name__
        for one in urls.urlpatterns
        if isinstance(one, URLResolver) and hasattr(one.urlconf_module, "__name__")
    }

    assert written
    assert written <= served
