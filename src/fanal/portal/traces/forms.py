from django import forms

from fanal.ground.audit.terms import Outcome
from fanal.ground.shell.forms import DayField


class TracesForm(forms.Form):
    dossier = forms.UUIDField(label="Référence du dossier", required=False)
    agent = forms.CharField(label="Agent", max_length=80, required=False)
    outcome = forms.ChoiceField(
        label="Issue", choices=[("", "Toutes"), *Outcome.choices], required=False
    )
    since = DayField(label="Depuis le", required=False)
    until = DayField(label="Jusqu’au", required=False)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Ton code",
        max_length=20,
        help_text="Dix lettres et chiffres, par exemple K7MPQ-4XZ9R.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
