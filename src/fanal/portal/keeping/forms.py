from django import forms

from fanal.ground.retention.terms import Then


class DueFilterForm(forms.Form):
    then = forms.ChoiceField(
        label="Ce qu’il devient", choices=[("", "Tout"), *Then.choices], required=False
    )
    when = forms.ChoiceField(
        label="Quand",
        choices=[("", "Échu et à venir"), ("due", "Échu"), ("held", "Suspendu")],
        required=False,
    )


class HoldForm(forms.Form):
    ref = forms.UUIDField(
        label="Référence du dossier",
        help_text="Celle que porte le dossier, par exemple dans la liste de ce qui vient à terme.",
        error_messages={
            "invalid": "Cette référence n’est pas lisible : recopiez-la entière.",
            "required": "Écrivez la référence du dossier.",
        },
    )
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Procédure en cours, plainte, contrôle. Sans nom de personne.",
        error_messages={"required": "Écrivez le motif."},
    )


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Motif de la levée",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez le motif."},
    )
