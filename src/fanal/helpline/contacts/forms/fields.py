"""From a question of the file to the field that is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse_lazy

from fanal.ground.shell.lenient import lines
from fanal.helpline.contacts.content import ADULT
from fanal.helpline.contacts.definition import FieldWritten
from fanal.helpline.contacts.terms import MOST_GROUPS
from fanal.helpline.contacts.words import choices_of

YES_NO = [("yes", "Oui"), ("no", "Non")]
NOT_KEPT = {"autocomplete": "off"}
AGE = {
    "invalid": "Écrivez un nombre entier d’années, par exemple 15.",
    "max_value": "Écrivez un âge de 0 à 17 ans.",
    "min_value": "Écrivez un âge de 0 à 17 ans.",
}
SUGGESTED = NOT_KEPT | {
    "list": "communes",
    "hx-get": reverse_lazy("concerns:communes"),
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#communes",
    "hx-params": "commune",
}
Given = dict[str, Any]


def field_of(written: FieldWritten) -> forms.Field:
    """Nothing is required: half a record is kept."""
    return MADE[written.kind](
        written,
        {
            # A question mark is not parted from its word.
            "label": written.label.replace(" ?", "\u00a0?"),
            "help_text": written.help,
            "required": False,
        },
    )


def _text(written: FieldWritten, given: Given) -> forms.Field:
    return _typed(NOT_KEPT, written.longest, given)


def _lines(written: FieldWritten, given: Given) -> forms.Field:
    return forms.CharField(max_length=written.longest, widget=lines(written.rows or 3), **given)


def _commune(written: FieldWritten, given: Given) -> forms.Field:
    return _typed(SUGGESTED, 120, given)


def _departement(written: FieldWritten, given: Given) -> forms.Field:
    return _typed(NOT_KEPT | {"size": 4}, 3, given)


def _typed(attrs: Given, longest: int, given: Given) -> forms.Field:
    return forms.CharField(max_length=longest, widget=forms.TextInput(attrs=attrs), **given)


def _age(written: FieldWritten, given: Given) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=ADULT - 1, error_messages=AGE, **given)


def _group(written: FieldWritten, given: Given) -> forms.Field:
    choices = [(number, str(number)) for number in range(1, MOST_GROUPS + 1)]
    return forms.TypedChoiceField(coerce=int, initial=1, choices=choices, **given)


def _choice(written: FieldWritten, given: Given) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *written.choices], **given)


def _yes_no(written: FieldWritten, given: Given) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **given)


def _words(written: FieldWritten, given: Given) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices_of(written.words), widget=forms.CheckboxSelectMultiple, **given
    )


MADE: dict[str, Callable[[FieldWritten, Given], forms.Field]] = {
    "text": _text,
    "lines": _lines,
    "age": _age,
    "group": _group,
    "choice": _choice,
    "yes_no": _yes_no,
    "commune": _commune,
    "departement": _departement,
    "words": _words,
}
