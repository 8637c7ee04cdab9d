from __future__ import annotations

from django import forms

from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.prevent.spaces.cells_of_a_file import LONGEST_NAME, SHORTEST_NAME
from fanal.prevent.spaces.terms import SAID, Audience, Kind, Need, State, Status, Tier

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
NO_COMMUNE_NEAR = (
    "Aucune commune de France n’est connue près de cette zone. "
    "Écrivez une commune ou un code postal."
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


class KeptForm(forms.Form):
    """What the keepers filter their list by."""

    state = forms.ChoiceField(
        label="Confirmation", required=False, choices=[("", "Toutes"), *State.choices]
    )
    departement = forms.CharField(label="Département", required=False, max_length=3)
    tier = forms.ChoiceField(
        label="Visible de", required=False, choices=[("", "Indifférent"), *Tier.choices]
    )
    kind = forms.ChoiceField(label="Réseau", required=False, choices=[("", "Tous"), *Kind.choices])

    def clean_departement(self) -> str:
        return str(self.cleaned_data["departement"]).strip().upper()


class ProfessionalForm(forms.Form):
    """Where a professional looks for a place from, and which."""

    where = forms.CharField(
        label="Près de",
        help_text="Une commune, un code postal ou un département.",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    kind = forms.ChoiceField(label="Réseau", required=False, choices=[("", "Tous"), *Kind.choices])
    tier = forms.ChoiceField(
        label="Visible de",
        required=False,
        choices=[
            ("", "Tous les lieux"),
            (Tier.PROFESSIONAL, "Professionnels seulement"),
            (Tier.PUBLIC, "Lieux publics"),
        ],
    )


class ConfirmForm(forms.Form):
    """A record as it was just read to somebody who works there."""

    name = forms.CharField(label="Nom", min_length=SHORTEST_NAME, max_length=LONGEST_NAME)
    phone = forms.CharField(label="Téléphone", required=False, max_length=30)
    website = forms.URLField(
        label="Site", required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": "Écrivez une adresse qui commence par https://."},
    )  # fmt: skip
    address = forms.CharField(
        label="Adresse",
        required=False,
        max_length=300,
        help_text="Jamais celle d’un hébergement.",
    )
    hours = forms.CharField(
        label="Horaires",
        required=False,
        max_length=500,
        help_text="Comme dans OpenStreetMap : Mo-Fr 09:00-12:00,14:00-17:00; PH off",
    )
    description = forms.CharField(
        label="Ce qui s’y passe",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deux lignes, sans nom de personne.",
    )
    audiences = forms.MultipleChoiceField(
        label="Pour qui",
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Dites au moins pour qui."},
    )
    status = forms.ChoiceField(label="Activité", choices=Status.choices)
    tier = forms.ChoiceField(label="Visible de", choices=Tier.choices)
    confirmed = forms.MultipleChoiceField(
        label="Ce que vous venez de vérifier auprès du lieu",
        required=False,
        choices=list(SAID.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ce qui n’est pas coché reste à confirmer, et ne se montre pas.",
    )

    def clean_hours(self) -> str:
        written = str(self.cleaned_data["hours"]).strip()
        if written:
            try:
                read_hours(written)
            except UnreadableHours as refusal:
                raise forms.ValidationError(refusal.message) from None
        return written
