"""The record as it is typed: one form a section, one a child, and half an answer is an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from fanal.ground.shell.lenient import LenientForm
from fanal.helpline.contacts.content import CHILDREN, is_child
from fanal.helpline.contacts.definition import FormWritten, SectionWritten
from fanal.helpline.contacts.forms.fields import field_of
from fanal.helpline.contacts.terms import MOST_CHILDREN

# How many rows of children the page shows.
ROWS = "child_rows"
OPENED = "danger"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page, with its form; those of the children are several."""

    section: SectionWritten
    forms: list[SectionForm]
    # Beside a conversation, the parts that are open at first.
    opened: bool = False

    @property
    def said(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What was answered, under the name of each child."""
        return [(form.title, form.answers) for form in self.forms if form.answers]


class SectionForm(LenientForm):
    """The fields of one section, as the file writes them."""

    def __init__(
        self,
        section: SectionWritten,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        prefix: str = "",
        title: str = "",
    ) -> None:
        super().__init__(data, initial=initial)
        self.prefix = prefix or None
        self.title = title
        for written in section.fields:
            self.fields[written.key] = field_of(written)
        # All may stay empty: to say so of each would be noise while one listens.
        self.asked = tuple(self.fields)
        self._ask(True)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Those that were given, in words."""
        said = [
            (str(field.label), _in_words(field, self.initial.get(name)))
            for name, field in self.fields.items()
        ]
        return [(label, words) for label, words in said if words]


class RecordForm:
    """The whole record; ``kept`` is what is written of it, complete or not."""

    def __init__(
        self, written: FormWritten, content: Mapping[str, Any], data: Any = None, *, rows: int = 1
    ) -> None:
        """``rows``: how many children to show at least, when nothing was typed yet."""
        self.data = data
        self.rows = rows
        self.parts = [self._part(section, content) for section in written.sections]

    @property
    def child_rows(self) -> int:
        return next((len(part.forms) for part in self.parts if part.section.repeated), 0)

    @property
    def is_written(self) -> bool:
        return any(part.said for part in self.parts)

    def is_valid(self) -> bool:
        # Each is read, also after one that is wrong.
        return not [form for part in self.parts for form in part.forms if not form.is_valid()]

    def kept(self) -> dict[str, Any]:
        """Answers as JSON; a row of which nothing is said is no child."""
        self.is_valid()
        kept: dict[str, Any] = {}
        for part in self.parts:
            if part.section.repeated:
                rows = [form.kept() for form in part.forms]
                kept[CHILDREN] = [row for row in rows if is_child(row)]
            else:
                kept |= part.forms[0].kept()
        return kept

    def faults(self) -> list[tuple[str, str, str]]:
        """What was typed and cannot be read: label, what to do, and where."""
        return [
            (str(form.fields[name].label), str(text), str(form[name].first_control))  # type: ignore[attr-defined]
            for part in self.parts
            for form in part.forms
            for name, texts in form.errors.items()
            for text in texts
        ]

    def _part(self, section: SectionWritten, content: Mapping[str, Any]) -> Part:
        if not section.repeated:
            form = SectionForm(section, self.data, initial=content)
            return Part(section, [form], opened=section.key == OPENED)
        rows = [row for row in content.get(CHILDREN) or [] if is_child(row)]
        shown = self._rows_shown(len(rows))
        rows = [*rows, *({} for _ in range(shown - len(rows)))][:shown]
        return Part(
            section,
            [
                SectionForm(
                    section,
                    self.data,
                    initial=row,
                    prefix=f"child-{number}",
                    title=f"Enfant {number}",
                )
                for number, row in enumerate(rows, start=1)
            ],
            opened=self.rows > 1,
        )

    def _rows_shown(self, known: int) -> int:
        """Those that are known, and one to write in; as many as the page had."""
        if self.data is None:
            return min(max(known, self.rows, 1), MOST_CHILDREN)
        try:
            posted = int(self.data.get(ROWS, ""))
        except ValueError:
            posted = known
        return min(max(posted, 1), MOST_CHILDREN)


def _in_words(field: forms.Field, value: Any) -> str:
    choices = getattr(field, "choices", None)
    if choices is None:
        return "" if value is None else str(value)
    labels = {str(key): str(label) for key, label in _flat(choices)}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels[str(one)] for one in values if str(one) in labels and one != "")


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices, out of their families."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
