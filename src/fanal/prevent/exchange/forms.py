from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms

from fanal.prevent.exchange import terms
from fanal.prevent.exchange.terms import Writer
from fanal.prevent.exchange.use_cases import Rewritten, Written

# A browser keeps what was typed in a field that it may complete.
NOT_KEPT = {"autocomplete": "off", "spellcheck": "false"}
DEPARTEMENT = re.compile(r"\d{2}|2[AB]|9[78]\d")


class AskForm(forms.Form):
    """A question, and two others that may stay empty."""

    text = forms.CharField(
        label="La question",
        max_length=terms.LONGEST_QUESTION,
        help_text="Sans nom, sans adresse, sans numéro : ni les siens, ni ceux de quelqu’un.",
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 6}),
        error_messages={"required": "Il faut écrire quelque chose avant d’envoyer."},
    )
    writer = forms.ChoiceField(
        label="Qui demande ?",
        required=False,
        choices=[("", "Je préfère ne pas le dire"), *Writer.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    departement = forms.CharField(
        label="Quel département ?",
        required=False,
        help_text="Son numéro, par exemple 59 ou 974.",
        max_length=20,
        widget=forms.TextInput(attrs=NOT_KEPT | {"size": 4}),
    )
    # One form sent twice is one question.
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="ask_%s", initial={"sent": uuid4()})

    def clean_sent(self) -> UUID:
        return self.cleaned_data["sent"] or uuid4()

    @property
    def written(self) -> Written:
        given = self.cleaned_data
        number = given["departement"].strip().upper()
        return Written(
            text=given["text"],
            writer=Writer(given["writer"]) if given["writer"] else None,
            departement=number if DEPARTEMENT.fullmatch(number) else "",
        )


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Chercher dans les réponses",
        max_length=terms.LONGEST_SEARCH,
        help_text="Un mot ou deux : ils ne sont pas gardés.",
        error_messages={"required": "Il faut un mot à chercher."},
        widget=forms.TextInput(attrs=NOT_KEPT),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Les cinq mots du code",
        max_length=200,
        help_text="Dans l’ordre. Les majuscules et les accents ne comptent pas.",
        widget=forms.TextInput(attrs=NOT_KEPT | {"autocapitalize": "off"}),
        error_messages={"required": "Il faut les cinq mots du code."},
    )


class AnswerForm(forms.Form):
    """Of whoever moderates, to who asked."""

    text = forms.CharField(
        label="La réponse",
        max_length=terms.LONGEST_ANSWER,
        help_text="Ce que la personne lira avec son code. Ne répétez pas ce qu’elle a écrit : "
        "quelqu’un d’autre peut lire par-dessus son épaule.",
        widget=forms.Textarea(attrs={"autocomplete": "off", "rows": 8}),
    )


class EntryForm(forms.Form):
    """A question and its answer, rewritten for everybody."""

    title = forms.CharField(
        label="Titre", max_length=terms.LONGEST_TITLE, widget=forms.TextInput(attrs=NOT_KEPT)
    )
    question = forms.CharField(
        label="La question, réécrite",
        max_length=terms.LONGEST_QUESTION,
        help_text="Dites la même chose avec d’autres mots : ni nom, ni lieu, ni âge exact, ni "
        "date, rien à quoi quelqu’un se reconnaîtrait ou en reconnaîtrait un autre.",
        widget=forms.Textarea(attrs={"autocomplete": "off", "rows": 5}),
    )
    answer = forms.CharField(
        label="La réponse, pour tout le monde",
        max_length=terms.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"autocomplete": "off", "rows": 8}),
    )

    @property
    def rewritten(self) -> Rewritten:
        given = self.cleaned_data
        return Rewritten(given["title"], given["question"], given["answer"])


class ReviewForm(forms.Form):
    read = forms.BooleanField(
        label="J’ai relu : rien ne permet de reconnaître quelqu’un",
        error_messages={"required": "Il faut relire avant de publier, et le dire ici."},
    )
