"""What Django gathers of the theme « dsfr »: its sheet, the fonts and the icons it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from fanal.ground.shell.dsfr.sheet import build

FOLDER = "dsfr"


class DsfrFinder(BaseFinder):
    def check(self, **options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        found = [str(self._root / path)] if path in self._names else []
        if find_all:
            return found
        # As Django's own finders: an empty list says that nothing was found.
        return found[0] if found else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        storage = FileSystemStorage(location=self._root)
        for name in self._names:
            yield name, storage

    @property
    def _root(self) -> Path:
        return Path(settings.STATIC_ROOT).with_name("static-dsfr")

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(f"{FOLDER}/{name}" for name in build(self._root / FOLDER))
