from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fanal.helpline.chats.forms import DEPARTEMENT, NOT_KEPT
from fanal.helpline.chats.terms import Topic
from fanal.helpline.letters.terms import LONGEST_LETTER, LONGEST_WORD, Way, Writer
from fanal.helpline.letters.use_cases import Written

PHONE = re.compile(r"\+?[\d .()\-/]{6,30}")
TYPED = NOT_KEPT | {"spellcheck": "false", "autocapitalize": "sentences"}
EMPTY = "Il faut écrire quelque chose avant d’envoyer."


class AnsweredForm(forms.Form):
    """Where from, how one wants to be answered, whether it is now; a letter adds its words."""

    departement = forms.CharField(
        label="Quel département ?",
        required=False,
        help_text="Son numéro, par exemple 59 ou 974.",
        max_length=20,
        widget=forms.TextInput(attrs=NOT_KEPT | {"inputmode": "text", "size": 4}),
    )
    way = forms.ChoiceField(
        label="Comment recevoir la réponse ?",
        required=False,
        help_text="Avec un code, il n’y a rien d’autre à donner.",
        choices=Way.choices,
        widget=forms.Select(attrs=NOT_KEPT),
    )
    contact = forms.CharField(
        label="Numéro ou adresse e-mail",
        required=False,
        help_text="Seulement pour une réponse par téléphone ou par e-mail, et s’il n’y a pas de "
        "risque que quelqu’un d’autre la lise ou l’entende.",
        max_length=120,
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    safe_when = forms.CharField(
        label="Quand peut-on appeler ou écrire sans risque ?",
        required=False,
        help_text="Par exemple : en semaine, entre 17 h et 18 h.",
        max_length=200,
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    danger = forms.BooleanField(label="En danger maintenant", required=False)
    # One form sent twice is one letter.
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="letter_%s", initial={"sent": uuid4()})

    def clean_sent(self) -> UUID:
        return self.cleaned_data["sent"] or uuid4()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        way, contact = given.get("way") or Way.CODE, given.get("contact", "").strip()
        if way == Way.PHONE and not PHONE.fullmatch(contact):
            self.add_error("contact", "Pour une réponse par téléphone, il faut un numéro.")
        if way == Way.MAIL:
            try:
                validate_email(contact)
            except ValidationError:
                self.add_error("contact", "Pour une réponse par e-mail, il faut une adresse.")
        return given

    def written_as(self, text: str, *, writer: Writer | None, topic: str) -> Written:
        """What is sent, with these words: a way that needs nothing keeps nothing of it."""
        given = self.cleaned_data
        number = given["departement"].strip().upper()
        way = Way(given["way"] or Way.CODE)
        return Written(
            text=text,
            writer=writer,
            topic=topic,
            departement=number if DEPARTEMENT.fullmatch(number) else "",
            in_danger=given["danger"],
            way=way,
            # What is not needed to answer is not kept.
            contact="" if way is Way.CODE else given["contact"].strip(),
            safe_when="" if way is Way.CODE else given["safe_when"].strip(),
        )


class LetterForm(AnsweredForm):
    """A text, three questions that may stay empty, a way to be answered."""

    text = forms.CharField(
        label="Le message",
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs=TYPED | {"rows": 8}),
        error_messages={"required": EMPTY},
    )
    writer = forms.ChoiceField(
        label="Qui écrit ?",
        required=False,
        choices=[("", "Je préfère ne pas le dire"), *Writer.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    topic = forms.ChoiceField(
        label="De quoi s’agit-il ?",
        required=False,
        choices=[("", "Je préfère ne pas le dire ici"), *Topic.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    field_order = ("text", "writer", "topic")

    @property
    def written(self) -> Written:
        given = self.cleaned_data
        writer = Writer(given["writer"]) if given["writer"] else None
        return self.written_as(given["text"], writer=writer, topic=given["topic"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Les cinq mots du code",
        max_length=200,
        help_text="Dans l’ordre. Les majuscules et les accents ne comptent pas.",
        widget=forms.TextInput(attrs=NOT_KEPT | {"spellcheck": "false", "autocapitalize": "off"}),
        error_messages={"required": "Il faut les cinq mots du code."},
    )


class WordForm(forms.Form):
    """A word added to one's letter."""

    text = forms.CharField(
        label="Ajouter un mot",
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs=TYPED | {"rows": 4}),
        error_messages={"required": EMPTY},
    )
    danger = forms.BooleanField(label="En danger maintenant", required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=300)
    sent = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """Of whoever answers."""

    text = forms.CharField(
        label="La réponse",
        required=False,
        max_length=LONGEST_LETTER,
        help_text="Ce que la personne lira avec son code. Ne répétez pas ce qu’elle a écrit : "
        "quelqu’un d’autre peut lire par-dessus son épaule.",
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 8}),
    )
    way = forms.ChoiceField(
        label="Répondu",
        choices=[
            (Way.CODE, "Ici"),
            (Way.PHONE, "Par téléphone"),
            (Way.MAIL, "Par e-mail"),
        ],
        initial=Way.CODE,
        widget=forms.Select,
    )
    sent = forms.UUIDField(widget=forms.HiddenInput)
