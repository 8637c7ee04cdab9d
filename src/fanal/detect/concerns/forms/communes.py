"""A commune as people write it: a name, a postcode, a code."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse_lazy

from fanal.ground.territory.models import Commune
from fanal.ground.territory.typed import written_commune

# Between what was typed and the commune that was chosen for it.
BETWEEN = "|"


def commune_field(label: str, hint: str, *, required: bool) -> forms.CharField:
    """A commune typed freely; the browser proposes names as one types, when it runs scripts."""
    return forms.CharField(
        label=label,
        max_length=120,
        required=required,
        help_text=hint,
        widget=forms.TextInput(
            attrs={
                "list": "communes",
                "autocomplete": "off",
                "hx-get": reverse_lazy("concerns:communes"),
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#communes",
                "hx-params": "commune",
            }
        ),
    )


def offer(form: forms.Form, candidates: list[Commune]) -> None:
    """Lay the communes that fit right below what was typed, to choose from."""
    typed = str(form.data.get("commune", "")).strip()
    choice = forms.ChoiceField(
        label="De quelle commune s'agit-il\u00a0?",
        choices=[(f"{typed}{BETWEEN}{written_commune(one)}", one.label) for one in candidates],
        widget=forms.RadioSelect,
        help_text="Si elle n'est pas dans la liste, écrivez plutôt son code postal.",
    )
    fields = {}
    for name, field in form.fields.items():
        fields[name] = field
        if name == "commune":
            fields["commune_chosen"] = choice
    form.fields = fields


def posted(request: HttpRequest) -> QueryDict:
    """
    What was typed, with the commune chosen among those offered in the place of its name.

    A choice made for another name, since written over, counts for nothing.
    """
    asked, _, chosen = request.POST.get("commune_chosen", "").rpartition(BETWEEN)
    if not chosen or asked != request.POST.get("commune", "").strip():
        return request.POST
    typed = request.POST.copy()
    typed["commune"] = chosen
    return typed
