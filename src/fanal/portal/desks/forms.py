from django import forms

# Lists whose filters can be kept.
SCREENS = (("concerns:list", "Informations préoccupantes"), ("reports:list", "Signalements"))


class SaveFilterForm(forms.Form):
    name = forms.CharField(
        label="Nom du filtre", max_length=60, help_text="Par exemple « Lille, en retard »."
    )
    screen = forms.ChoiceField(choices=SCREENS, widget=forms.HiddenInput)
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
