from django import forms


class ParentsLetterForm(forms.Form):
    recipient = forms.CharField(label="Destinataire", max_length=200)
    address = forms.CharField(
        label="Adresse", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(
        label="Ce que vous écrivez aux parents",
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Sans reproche, sans dire qui a transmis. La lettre ajoute leurs droits.",
    )
    first_meeting = forms.CharField(
        label="Premier rendez-vous",
        max_length=300,
        required=False,
        help_text="Jour, heure et lieu, s'il est fixé.",
    )
