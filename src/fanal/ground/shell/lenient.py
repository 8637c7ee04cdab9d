"""Forms of long writings: half an answer is taken, and long texts have room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def capitalised(words: type[TextChoices]) -> list[tuple[str, str]]:
    """Choices that stand alone on their line."""
    return [(value, f"{label[:1].upper()}{label[1:]}") for value, label in words.choices]


def storable(text: str) -> str:
    """Without the two signs that a database refuses: NUL, and halves of a character."""
    return _UNSTORABLE.sub("", text)


class LenientForm(forms.Form):
    """
    Takes half an answer; what is ``asked`` in the end, or in one case, is not called optional.
    """

    use_required_attribute = False
    asked: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField):
                self.initial[name] = _day(self.initial.get(name))
        self._ask(True)

    def full_clean(self) -> None:
        self._ask(False)
        super().full_clean()
        self._ask(True)

    def kept(self) -> dict[str, Any]:
        """Valid answers as JSON, and the raw text of the others: nothing typed is lost."""
        kept: dict[str, Any] = {}
        for name in self.fields:
            if name in self.cleaned_data:
                value = self.cleaned_data[name]
                kept[name] = value.isoformat() if isinstance(value, date) else value
            else:
                kept[name] = self.data.get(self.add_prefix(name), "")
            if isinstance(kept[name], str):
                kept[name] = storable(kept[name])
        return kept

    def _ask(self, asked: bool) -> None:
        for name in self.asked:
            if name in self.fields:
                self.fields[name].required = asked


def _day(kept: Any) -> Any:
    """A day as it was kept in the draft; a text that is no day stays what was typed."""
    try:
        return date.fromisoformat(kept)
    except (TypeError, ValueError):
        return kept
