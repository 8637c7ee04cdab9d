from __future__ import annotations

from typing import Any

from django import forms

from fanal.ground.access.terms import (
    CLASSES,
    GLASS_HOURS,
    LONGEST_SHARE_DAYS,
    DisclosureGround,
    ExclusionKind,
    Verdict,
)
from fanal.ground.agents.models import Agent
from fanal.ground.privacy.terms import Tag

DAY_FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
# Who alerted is shared by no ground: it is not offered.
SHARED = [(tag.value, label) for tag, label in CLASSES.items() if tag is not Tag.INFORMANT]
DAYS = ((7, "7 jours"), (30, "30 jours"), (LONGEST_SHARE_DAYS, f"{LONGEST_SHARE_DAYS} jours"))


def _text(label: str, *, most: int = 300, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    reason = _text("Motif", hint="Il reste dans le dossier, avec votre nom.")


class AddressField(forms.EmailField):
    """An open account, by its address: no list of agents is shown."""

    def clean(self, value: Any) -> Agent:
        address = super().clean(value)
        agent = Agent.objects.filter(email__iexact=address, is_active=True).first()
        if agent is None:
            raise forms.ValidationError("Aucun compte ouvert n’a cette adresse.")
        return agent


class ExcludeForm(forms.Form):
    excluded = AddressField(
        label="Adresse professionnelle de la personne",
        help_text="Collègue, ou agent d’une autre organisation. Elle n’en sera pas informée.",
    )
    kind = forms.ChoiceField(label="Nature", choices=ExclusionKind, widget=forms.RadioSelect)
    reason = _text("Motif")


class SealForm(forms.Form):
    reason = _text("Motif")
    second_keeper = forms.ModelChoiceField(
        label="Autre gardien",
        queryset=Agent.objects.none(),
        required=False,
        empty_label="Aucun",
        help_text="Un cadre qui pourra lire le dossier et lever le scellé en votre absence.",
    )
    yields = forms.BooleanField(
        label="Le dossier peut être ouvert en urgence, avec motif et contrôle",
        required=False,
    )

    def __init__(self, *args: Any, keepers: list[Agent], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["second_keeper"]
        field.queryset = Agent.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in keepers]
        )


class ShareForm(forms.Form):
    shared_with = AddressField(label="Adresse professionnelle du destinataire")
    ground = forms.ChoiceField(
        label="Fondement", choices=DisclosureGround, widget=forms.RadioSelect
    )
    purpose = _text("Finalité", hint="Évaluer ou mettre en œuvre la protection : dites comment.")
    fields_shared = forms.MultipleChoiceField(
        label="Données partagées",
        choices=SHARED,
        widget=forms.CheckboxSelectMultiple,
        help_text="Strictement ce qui est nécessaire. Santé, suites judiciaires et lieu d’accueil "
        "ne partent que si le fondement les ouvre.",
    )
    narrative = _text("Résumé de la situation", most=3000, required=False)
    health = _text("Santé, telle que le soignant l’accepte", most=1000, required=False)
    judicial = _text("Suites judiciaires", most=1000, required=False)
    location = _text("Lieu d’accueil", most=500, required=False)
    days = forms.TypedChoiceField(label="Durée", choices=DAYS, coerce=int, initial=30)
    informed_parents = forms.BooleanField(label="Les parents sont informés", required=False)
    informed_child = forms.BooleanField(label="L’enfant est informé", required=False)
    exemption_reason = _text(
        "Sinon, pourquoi c’est contraire à l’intérêt de l’enfant", most=500, required=False
    )


class AnswerForm(forms.Form):
    reply = _text("Réponse", most=2000, required=False)
    returned = forms.BooleanField(
        label="J’ai fini : je rends ce partage, et ne le lirai plus", required=False
    )


class BreakGlassForm(forms.Form):
    given_names = forms.CharField(label="Prénom", max_length=200)
    family_name = forms.CharField(label="Nom", max_length=200)
    birth_date = forms.DateField(
        label="Date de naissance",
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Écrivez la date comme jj/mm/aaaa, par exemple 26/11/2009."},
    )
    danger = _text("Danger", most=500, hint="Ce qui peut arriver à l’enfant dans les heures.")
    reason = _text("Pourquoi ce dossier vous est nécessaire", most=500)
    hours = forms.TypedChoiceField(
        label="Durée",
        choices=[(one, f"{one} heures") for one in GLASS_HOURS],
        coerce=int,
        initial=GLASS_HOURS[0],
    )


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(label="Conclusion", choices=Verdict, widget=forms.RadioSelect)
    reason = _text("Motif de la conclusion", most=500)


class OpeningsForm(forms.Form):
    shown = forms.ChoiceField(
        label="État",
        required=False,
        choices=(
            ("", "Tous"),
            ("awaiting", "À examiner"),
            ("late", "En retard"),
            ("justified", "Justifiés"),
            ("not_justified", "Non justifiés"),
        ),
    )
    since = forms.DateField(
        label="Depuis le",
        required=False,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
    )
