from __future__ import annotations

import re
from typing import Any

from django import forms

from fanal.helpline.chats.terms import LONGEST_CODE, LONGEST_MESSAGE, Topic
from fanal.helpline.chats.use_cases.visiting import Answers

DEPARTEMENT = re.compile(r"\d{2}|2[AB]|9[78]\d")
# A browser keeps what was typed in a field that it may complete.
NOT_KEPT = {"autocomplete": "off"}


class BeginForm(forms.Form):
    """Three questions, and to answer none of them is fine. What is no answer is none."""

    topic = forms.ChoiceField(
        label="De quoi veux-tu parler ?",
        required=False,
        choices=[("", "Je préfère ne pas le dire ici"), *Topic.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    minor = forms.ChoiceField(
        label="Tu as moins de 18 ans ?",
        required=False,
        choices=[("", "Je préfère ne pas le dire"), ("yes", "Oui"), ("no", "Non")],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    departement = forms.CharField(
        label="Ton département",
        required=False,
        help_text="Son numéro, par exemple 59 ou 974.",
        max_length=20,
        widget=forms.TextInput(attrs=NOT_KEPT | {"inputmode": "text", "size": 4}),
    )
    danger = forms.BooleanField(label="Je suis en danger maintenant", required=False)

    @property
    def answers(self) -> Answers:
        given = self.cleaned_data
        number = given["departement"].strip().upper()
        return Answers(
            departement=number if DEPARTEMENT.fullmatch(number) else "",
            minor={"yes": True, "no": False}.get(given["minor"]),
            topic=given["topic"],
            in_danger=given["danger"],
        )


class BackForm(forms.Form):
    """Five words. Whatever they are, they are looked up before anything is said of them."""

    code = forms.CharField(
        label="Les cinq mots de ton code",
        help_text="Avec ou sans accents, séparés par des espaces.",
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs=NOT_KEPT | {"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Il faut les cinq mots du code."},
    )


class SayForm(forms.Form):
    """One's words, in the page without script and on the desk."""

    text = forms.CharField(
        label="Ton message",
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(
            attrs=NOT_KEPT | {"rows": 3, "spellcheck": "false", "autocapitalize": "sentences"}
        ),
        error_messages={"required": "Écris quelque chose avant d’envoyer."},
    )

    def __init__(self, *words: Any, label: str = "", **named: Any) -> None:
        super().__init__(*words, **named)
        if label:
            self.fields["text"].label = label
