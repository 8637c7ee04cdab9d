from django import forms

from fanal.ground.shell.forms import DayField
from fanal.portal.rights.terms import Asker, Field, Kind, Status, Way, Withheld

WRITTEN = {"required": "Écrivez-le en quelques mots."}
BAD_REF = {"invalid": "Cette référence n’est pas lisible : recopiez-la entière."}


def _text(label: str, *, help_text: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITTEN,
    )


class FilterForm(forms.Form):
    status = forms.ChoiceField(
        label="État", choices=[("", "Tous"), *Status.choices], required=False
    )
    kind = forms.ChoiceField(
        label="Demande", choices=[("", "Toutes"), *Kind.choices], required=False
    )
    late = forms.BooleanField(label="Délai dépassé", required=False)


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label="Que demande la personne ?", choices=Kind.choices)
    asker = forms.ChoiceField(label="Qui demande ?", choices=Asker.choices)
    name = forms.CharField(label="Nom de la personne", max_length=200)
    contact = forms.CharField(
        label="Adresse de réponse",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un mineur peut choisir une autre adresse que celle de ses parents.",
    )
    way = forms.ChoiceField(label="Reçue", choices=Way.choices)
    received_on = DayField(label="Reçue le")
    wish = _text("Ce qui est demandé", help_text="Avec les mots de la personne.")
    file_ref = forms.UUIDField(
        label="Référence du dossier",
        required=False,
        error_messages=BAD_REF,
        help_text="Si la personne la donne. Fanal ne dit pas si ce dossier existe.",
    )


class IdentityForm(forms.Form):
    how = forms.CharField(
        label="Comment l’identité a été vérifiée",
        max_length=200,
        help_text="Par exemple : pièce d’identité présentée au guichet. N’en gardez pas de copie.",
        error_messages=WRITTEN,
    )
    file_ref = forms.UUIDField(
        label="Référence du dossier",
        required=False,
        error_messages=BAD_REF,
        help_text="Le référent ou le cadre à qui ce dossier est ouvert préparera la réponse.",
    )


class ReasonForm(forms.Form):
    reason = _text("Motif")


class PrepareForm(forms.Form):
    given = _text(
        "Ce qui est communiqué",
        help_text="Écrit pour la personne. Les pièces jointes à la lettre sont nommées ici.",
    )
    withheld = forms.MultipleChoiceField(
        label="Ce qui ne l’est pas, et pourquoi",
        choices=Withheld.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La lettre dit le motif, jamais la chose.",
    )


class CorrectForm(forms.Form):
    field = forms.ChoiceField(
        label="Donnée",
        choices=Field.choices,
        help_text="Ce qui est écrit dans le fil se corrige dans le fil, par une nouvelle ligne.",
    )
    corrected = forms.CharField(
        label="Nouvelle version", max_length=200, help_text="L’ancienne version est gardée."
    )
