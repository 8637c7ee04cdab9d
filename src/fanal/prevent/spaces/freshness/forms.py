"""What is typed of freshness: the answer of a structure, its address, a filter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField

from fanal.prevent.spaces.forms import NOT_KEPT, ConfirmForm
from fanal.prevent.spaces.freshness.queries import AMENDED, OLD, read_aloud
from fanal.prevent.spaces.freshness.terms import ASKED, DoubtSource
from fanal.prevent.spaces.terms import SAID

RIGHT, WRONG = "right", "wrong"
SALT = "fanal.spaces.seen"
HINTS = {
    "hours": "En toutes lettres si vous voulez : une personne les recopiera.",
    "address": "Jamais celle d’un hébergement.",
    "description": "Deux lignes, sans nom de personne.",
    "website": "Une adresse qui commence par https://.",
}


class Line(NamedTuple):
    """One field of the entry: what it says, whether that is right, what should stand there."""

    label: str
    shown: str
    said: BoundField
    value: BoundField


class AnswerForm(forms.Form):
    """An entry line by line: right, to be corrected, or nothing said."""

    closed = forms.BooleanField(label="Nous avons fermé", required=False)
    # The entry as the page showed it, signed: it may change while the page is open.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=8000, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, entry: Mapping[str, Any]) -> None:
        super().__init__(data, initial={"seen": signing.dumps(dict(entry), salt=SALT)})
        self.entry = entry
        for name in ASKED:
            written = read_aloud(name, entry[name])
            self.fields[f"said_{name}"] = forms.ChoiceField(
                label="Est-ce juste ?",
                choices=[(RIGHT, "C’est juste"), (WRONG, "À corriger")],
                widget=forms.RadioSelect,
                required=False,
            )
            label = "Ce qui est juste" if written else "À compléter"
            self.fields[f"value_{name}"] = _typed(name, label=label)

    def lines(self) -> Iterator[Line]:
        for name in ASKED:
            yield Line(
                SAID[name],
                read_aloud(name, self.entry[name]),
                self[f"said_{name}"],
                self[f"value_{name}"],
            )

    def clean(self) -> dict[str, Any]:
        found = dict(super().clean() or {})
        for name in ASKED:
            value = found.get(f"value_{name}")
            if found.get(f"said_{name}") == WRONG and not value and name in ("name", "audiences"):
                self.add_error(f"value_{name}", "Écrivez ce qui est juste.")
        return found

    @property
    def seen_entry(self) -> dict[str, Any]:
        """Empty when the page was not ours."""
        try:
            found: dict[str, Any] = signing.loads(self.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature:
            return {}
        return found

    @property
    def right(self) -> list[str]:
        return [name for name in ASKED if self.cleaned_data[f"said_{name}"] == RIGHT]

    @property
    def corrected(self) -> dict[str, Any]:
        """A value that is typed is a correction, whatever was ticked; an empty one empties."""
        found = {}
        for name in ASKED:
            said, value = self.cleaned_data[f"said_{name}"], self.cleaned_data[f"value_{name}"]
            typed = value if isinstance(value, list) else str(value).strip()
            changed = json.dumps(typed) != json.dumps(self.entry[name])
            if changed and (said == WRONG or (typed and said != RIGHT)):
                found[name] = typed
        return found


def _typed(name: str, *, label: str) -> forms.Field:
    """As the keepers write it, and hours in any words: a person reads them."""
    known = ConfirmForm.base_fields[name]
    if name == "audiences":
        return forms.MultipleChoiceField(
            label=label,
            choices=known.choices,  # type: ignore[attr-defined]
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    hint = HINTS.get(name, "")
    if name == "website":
        return forms.URLField(
            label=label,
            help_text=hint,
            max_length=300,
            required=False,
            assume_scheme="https",
            widget=forms.TextInput(attrs=NOT_KEPT),
            error_messages={"invalid": "Écrivez une adresse qui commence par https://."},
        )
    widget: forms.Widget = forms.TextInput(attrs=NOT_KEPT)
    if name == "description":
        widget = forms.Textarea(attrs={"rows": 3} | NOT_KEPT)
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=known.max_length,  # type: ignore[attr-defined]
        required=False,
        widget=widget,
    )


class MailboxForm(forms.Form):
    email = forms.EmailField(
        label="Adresse de contact",
        required=False,
        max_length=254,
        help_text="Pour demander au lieu si sa fiche est juste. Jamais publique.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Écrivez une adresse comme accueil@exemple.fr."},
    )


class CheckForm(forms.Form):
    """What the list of entries to be checked is filtered by."""

    why = forms.ChoiceField(
        label="Pourquoi",
        required=False,
        choices=[
            ("", "Tout"),
            *DoubtSource.choices,
            (AMENDED, "Le lieu propose une correction"),
            (OLD, "Confirmé il y a plus de six mois"),
        ],
    )
    departement = forms.CharField(label="Département", required=False, max_length=3)

    def clean_departement(self) -> str:
        return str(self.cleaned_data["departement"]).strip().upper()
