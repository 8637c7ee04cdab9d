"""Django, set up with the settings of this instance, and its connections closed."""

import os

SETTINGS = "DJANGO_SETTINGS_MODULE"


def settings_module() -> str:
    """An instance that names its service is in production; the others are the demonstration."""
    named = os.environ.get("FANAL_SERVICE", "").strip()
    return f"fanal.config.settings.{'production' if named else 'dev'}"


def set_up_django() -> None:
    import django

    os.environ.setdefault(SETTINGS, settings_module())
    django.setup()


def close_connections() -> None:
    """Close Django's connections and pools: an open pool would call a server that stopped."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
