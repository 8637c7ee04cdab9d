from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime

from fanal.engines.hours.reading import read_hours
from fanal.engines.hours.refusals import UnreadableHours
from fanal.engines.triage.queueing import Place
from fanal.ground.agents.models import Agent
from fanal.helpline.chats.asked import cleaned
from fanal.helpline.chats.hours import rule_of
from fanal.helpline.chats.models import Conversation
from fanal.helpline.chats.terms import (
    LONGEST_CODE,
    LONGEST_MESSAGE,
    LONGEST_PHRASE,
    LONGEST_REASON,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    LONGEST_WHY,
    Agreed,
    MoveWhy,
    Topic,
)
from fanal.helpline.chats.use_cases.moving import Wanted
from fanal.helpline.chats.use_cases.transferring import Relay
from fanal.helpline.chats.use_cases.visiting import Answers

DEPARTEMENT = re.compile(r"\d{2}|2[AB]|9[78]\d")
SPANS = re.compile(r"\d\d:\d\d-\d\d:\d\d(,\d\d:\d\d-\d\d:\d\d)*")
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

    def clean(self) -> dict[str, Any]:
        """Nobody is kept out, in danger least of all, by what they put in a question."""
        self.errors.clear()
        return self.cleaned_data

    @property
    def answers(self) -> Answers:
        given = self.cleaned_data
        number = given.get("departement", "").strip().upper()
        return Answers(
            departement=number if DEPARTEMENT.fullmatch(number) else "",
            minor={"yes": True, "no": False}.get(given.get("minor", "")),
            topic=given.get("topic", ""),
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


class MoveForm(forms.Form):
    """Before whom, or behind everybody; and why."""

    where = forms.ChoiceField(label="Mettre cette personne")
    why = forms.ChoiceField(label="Motif", choices=MoveWhy.choices)
    words = forms.CharField(
        label="Précision",
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs=NOT_KEPT),
        help_text="Sans nom ni détail qui ferait reconnaître quelqu’un.",
    )

    def __init__(self, *args: Any, places: list[Place[Conversation]], **named: Any) -> None:
        """``places``: of those next to whom one may be put."""
        super().__init__(*args, **named)
        where: list[tuple[str, str]] = [
            (f"before {place.who.ref}", f"avant la personne {place.rank} : {said_of(place.who)}")
            for place in places
        ]
        if places:
            where.append((f"behind {places[-1].who.ref}", "derrière tout le monde"))
        self.fields["where"].choices = where  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("why") == MoveWhy.OTHER and not given.get("words"):
            self.add_error("words", "Écrivez le motif en quelques mots.")
        return given

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        side, other = given["where"].split(" ")
        return Wanted(UUID(other), side == "before", MoveWhy(given["why"]), given["words"])


ANYBODY = "any"


class RelayForm(forms.Form):
    """To whom, what they must know, and the word of who writes."""

    to = forms.ChoiceField(label="À qui")
    summary = forms.CharField(
        label="Ce qu’il faut savoir, en quelques lignes",
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 3}),
    )
    agreed = forms.ChoiceField(
        label="La personne est d’accord", choices=Agreed.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, colleagues: list[Agent], here: set[int], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (ANYBODY, "Quelqu’un d’autre, sans préférence"),
            *(
                (str(one.ref), f"{one.name}{', à son poste' if one.pk in here else ''}")
                for one in sorted(colleagues, key=lambda one: one.pk not in here)
            ),
        ]

    @property
    def relay(self) -> Relay:
        given = self.cleaned_data
        to = None if given["to"] == ANYBODY else UUID(given["to"])
        return Relay(to, cleaned(given["summary"]), Agreed(given["agreed"]))


class PhraseForm(forms.Form):
    title = forms.CharField(label="Titre", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="Ce qui sera dit",
        max_length=LONGEST_PHRASE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Des phrases courtes, en « tu ». Aucun nom.",
    )

    def clean_text(self) -> str:
        return cleaned(self.cleaned_data["text"])


class HoursForm(forms.Form):
    """One day, closed or open at these hours, and the reason that the public page says."""

    day = forms.DateField(label="Jour", widget=forms.DateInput(attrs={"type": "date"}))
    hours = forms.CharField(
        label="Horaires",
        required=False,
        max_length=60,
        help_text="Par exemple 10:00-12:00,14:00-18:00. Rien : fermé toute la journée.",
    )
    reason = forms.CharField(
        label="Motif, tel que la page publique le dit",
        max_length=LONGEST_REASON,
        help_text="Par exemple « Noël ».",
    )

    def clean_hours(self) -> str:
        given: str = self.cleaned_data["hours"].replace(" ", "")
        if given and not SPANS.fullmatch(given):
            raise forms.ValidationError("Écrivez des heures comme 10:00-12:00,14:00-18:00.")
        return given

    def clean_reason(self) -> str:
        given: str = self.cleaned_data["reason"]
        # A quotation mark ends the reason in the string of the hours.
        return given.replace('"', "’").replace("\\", "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"day", "hours", "reason"} <= set(given):
            try:
                read_hours(rule_of(given["day"], given["hours"], given["reason"]))
            except UnreadableHours as refusal:
                self.add_error("hours", refusal.message)
        return given

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("day", "hours", "reason")}


def said_of(talk: Conversation) -> str:
    """As the queue names somebody: a subject and an hour, and nobody."""
    subject = talk.get_topic_display() if talk.topic else "Sans sujet"
    return f"{subject}, arrivée {localtime(talk.opened_at):%H:%M}"
