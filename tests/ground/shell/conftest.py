"""The shell is tried without a database: nothing that it shows to a visitor reads one."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def static_files_are_not_collected(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
