from django import forms

from fanal.ground.shell.forms import DayField


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


class ParentsExceptionForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi les informer serait contraire à l'intérêt de l'enfant",
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sans dire qui a transmis.",
        error_messages={"required": "Écrivez le motif : c'est lui qui fonde l'exception."},
    )
    child_opinion = forms.CharField(
        label="Ce qu'en dit le mineur",
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = DayField(
        label="À revoir le",
        help_text="L'exception ne dure que tant que son motif tient.",
        error_messages={"required": "Dites quand cette décision sera revue."},
    )
