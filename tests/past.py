"""Rows as they really are, whoever is asking: what a test looks at once the act is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from rows import as_owner


class Past:
    """A queryset whose questions are put by the owner of the database."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._rows, name)
        return self._asked(found) if callable(found) else found

    def _asked(self, question: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            plain = [one._rows if isinstance(one, Past) else one for one in args]
            named = {k: v._rows if isinstance(v, Past) else v for k, v in kwargs.items()}
            with as_owner():
                answer = question(*plain, **named)
            return Past(answer) if isinstance(answer, QuerySet) else answer

        return ask

    def __iter__(self) -> Iterator[Any]:
        with as_owner():
            return iter(list(self._rows))

    def __len__(self) -> int:
        with as_owner():
            return len(self._rows)

    def __getitem__(self, which: Any) -> Any:
        with as_owner():
            return self._rows[which]


def past(model: type[Model]) -> Any:
    """Every row of a model, past the walls."""
    return Past(model._default_manager.all())
