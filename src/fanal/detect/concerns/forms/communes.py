"""A commune as people write it: a name, a postcode, a code."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse_lazy

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune
from fanal.ground.territory.names import search_key
from fanal.ground.territory.queries import UnknownCommune, find_commune, search_communes

PROPOSED = 12
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


class AmbiguousCommune(Refusal):
    """Several communes answer to what was typed; ``candidates`` are those to choose from."""

    message = "Plusieurs communes répondent à ce nom : choisissez la bonne ci-dessous."

    def __init__(self, candidates: list[Commune]) -> None:
        super().__init__()
        self.candidates = candidates


def commune_typed(text: str) -> Commune:
    """
    The commune that an author means by a name, a postcode or an INSEE code.

    Raises:
        AmbiguousCommune: several fit.
        UnknownCommune: none does; the message says what to write instead.
        OutsideScope: the message says whom to ring.
    """
    typed = text.strip()
    if typed.endswith(")") and "(" in typed:
        # What the list of suggestions writes: « Lille (59350) ».
        typed = typed.rsplit("(", 1)[1].rstrip(")")
    try:
        return find_commune(typed)
    except UnknownCommune:
        found = search_communes(typed, limit=PROPOSED) if len(typed) > 1 else []
    wanted = search_key(typed)
    exact = [one for one in found if search_key(one.name) == wanted]
    sure = exact or [one for one in found if _holds(one, wanted)]
    if len(exact) == 1 or len(sure) == len(found) == 1:
        return find_commune(sure[0].code)
    if found:
        raise AmbiguousCommune(exact or found)
    if not typed:
        raise UnknownCommune("Dites dans quelle commune il vit ou séjourne.")
    raise UnknownCommune(
        f"« {typed[:60]} » n'est pas trouvée : écrivez le nom entier de la commune, "
        "ou son code postal."
    )


def _holds(commune: Commune, wanted: str) -> bool:
    """Found by its code or its name, rather than for a spelling that is close."""
    name = search_key(commune.name)
    return wanted.isdigit() or wanted in name or name in wanted


def written_commune(commune: Commune) -> str:
    """How the field keeps a commune that was recognised, as the suggestions write it."""
    return f"{commune.name} ({commune.code})"


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
