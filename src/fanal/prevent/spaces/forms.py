from __future__ import annotations

from django import forms

from fanal.prevent.spaces.terms import Audience, Need

# A browser keeps what was typed in a field that it may complete.
NOT_KEPT = {"autocomplete": "off", "spellcheck": "false"}
WHO = (
    (Audience.MINORS, "Pour moi, j’ai moins de 18 ans"),
    (Audience.FAMILIES, "Pour quelqu’un que je connais"),
    (Audience.ADULTS, "Pour moi, je suis adulte"),
)
NOWHERE = (
    "Aucune commune ni aucun département ne s’appelle ainsi. "
    "Écrivez un code postal, par exemple 59000, ou un département, par exemple 59 ou Nord."
)


class FindForm(forms.Form):
    """Where, for whom, what for. Only the place has to be said."""

    where = forms.CharField(
        label="Où ?",
        help_text="Une commune, un code postal ou un département.",
        max_length=80,
        widget=forms.TextInput(attrs=NOT_KEPT),
        error_messages={"required": "Écrivez une commune, un code postal ou un département."},
    )
    who = forms.ChoiceField(
        label="Pour qui ?",
        required=False,
        choices=WHO,
        initial=Audience.MINORS,
        widget=forms.RadioSelect,
    )
    need = forms.ChoiceField(
        label="Pour quoi ?",
        required=False,
        choices=[("", "Je ne sais pas, ou je préfère ne pas le dire"), *Need.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    open_now = forms.BooleanField(label="Ouvert maintenant", required=False)
