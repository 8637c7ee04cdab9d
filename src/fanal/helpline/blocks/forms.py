from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from fanal.helpline.blocks import digests
from fanal.helpline.blocks.terms import (
    LONGEST_CONNECTION,
    LONGEST_REASON,
    SHORTEST_REASON,
    Handle,
    Length,
)


class BlockForm(forms.Form):
    """Why and for how long; of a number, which one."""

    number = forms.CharField(
        label="Le numéro",
        max_length=30,
        help_text="Il n’est pas gardé : seule une empreinte l’est.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    reason = forms.CharField(
        label="Le motif",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text="Des faits, sans nom : ce qui a été dit ou fait, et combien de fois.",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    length = forms.ChoiceField(
        label="Pour combien de temps", choices=Length.choices, initial=Length.HOUR
    )

    def __init__(self, data: Any = None, *, handle: Handle) -> None:
        super().__init__(data)
        if handle is not Handle.NUMBER:
            del self.fields["number"]
        if handle is Handle.CONNECTION:
            longest = LONGEST_CONNECTION // timedelta(hours=1)
            self.fields["length"].choices = [  # type: ignore[attr-defined]
                one for one in Length.choices if int(one[0]) <= longest
            ]

    def clean_number(self) -> str:
        try:
            return digests.of_number(self.cleaned_data["number"])
        except digests.UnreadableNumber as refusal:
            raise forms.ValidationError(refusal.message) from None

    @property
    def lasts(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["length"]))
