"""Ways of serving the same pages from an event loop, one application each (``serving.py``)."""

from __future__ import annotations

import os
from typing import Any

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from fanal.config.database import set_up_django

set_up_django()


def __getattr__(name: str) -> Any:
    from fanal.config.bridge import Bridge

    match name:
        case "ours":
            return Bridge(get_wsgi_application(), threads=4)
        case "django_itself":
            return get_asgi_application()
        case "asgiref":
            from asgiref.wsgi import WsgiToAsgi

            return WsgiToAsgi(get_wsgi_application())
        case "a2wsgi":
            from a2wsgi import WSGIMiddleware

            return WSGIMiddleware(get_wsgi_application(), workers=4)
    raise AttributeError(name)


__all__ = ["os"]
