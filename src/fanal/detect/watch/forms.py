from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms

from fanal.detect.concerns.forms.communes import offer
from fanal.detect.watch import terms
from fanal.detect.watch.terms import (
    Decision,
    Lodging,
    Moment,
    Result,
    Seen,
    Sign,
    State,
    Writer,
)
from fanal.detect.watch.use_cases import Told
from fanal.ground.errors import Refusal
from fanal.ground.shell.lenient import storable
from fanal.ground.territory.models import Commune
from fanal.ground.territory.typed import AmbiguousCommune, commune_typed

# A browser keeps what was typed in a field that it may complete.
NOT_KEPT = {"autocomplete": "off", "spellcheck": "false"}
CHOOSE = "Choisissez une réponse."
NO_FILE = (
    "Une photo ou un fichier a été joint : il n’a pas été gardé. N’en prenez pas, n’en envoyez "
    "pas : décrivez avec des mots."
)


def _one_of(label: str, words: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=words.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        **options,
    )


class AlertForm(forms.Form):
    """What is seen in a lodging. What is wrong is said beside it, and all that was typed stays."""

    use_required_attribute = False

    danger = forms.BooleanField(
        label="Quelqu’un est en danger maintenant",
        required=False,
        help_text="Appelez d’abord le 17 ou le 112 : personne ne lit cette page à la minute.",
    )
    moment = _one_of("Quand ?", Moment)
    there_now = _one_of("Ces personnes sont-elles là en ce moment ?", Seen)
    minor = _one_of("Un enfant ou un adolescent semble-t-il présent ?", Seen)
    lodging = _one_of("Quel hébergement ?", Lodging)
    commune = forms.CharField(
        label="Commune de l’hébergement",
        max_length=120,
        help_text="Son nom ou son code postal.",
        widget=forms.TextInput(attrs=NOT_KEPT),
        error_messages={"required": "Dites dans quelle commune se trouve l’hébergement."},
    )
    address = forms.CharField(
        label="Adresse de l’hébergement",
        required=False,
        max_length=terms.LONGEST_PLACE,
        help_text="Numéro et rue, nom de l’hôtel, étage, chambre. C’est ce qui sert le plus.",
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    listing = forms.CharField(
        label="Annonce",
        required=False,
        max_length=terms.LONGEST_PLACE,
        help_text="Son adresse sur internet, son numéro ou son numéro d’enregistrement, à défaut "
        "de l’adresse du lieu.",
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    signs = forms.MultipleChoiceField(
        label="Qu’avez-vous vu ou entendu ?",
        required=False,
        choices=Sign.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )
    words = forms.CharField(
        label="Avec vos mots",
        required=False,
        max_length=terms.LONGEST_WORDS,
        help_text="Ce que vous avez vu et entendu, le jour et l’heure. Pas de nom de client, pas "
        "de copie de papiers.",
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 6}),
    )
    writer = _one_of("Qui écrit ?", Writer)
    contact = forms.CharField(
        label="Où vous rappeler",
        required=False,
        max_length=terms.LONGEST_CONTACT,
        help_text="Un numéro ou une adresse e-mail, seulement si vous le voulez. Seul le point de "
        "contact le lit.",
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    # One form sent twice is one alert.
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="alert_%s", initial={"sent": uuid4()})
        self.found: Commune | None = None

    def clean_sent(self) -> UUID:
        return self.cleaned_data["sent"] or uuid4()

    def clean_commune(self) -> str:
        typed = storable(self.cleaned_data["commune"])
        try:
            self.found = commune_typed(typed)
        except AmbiguousCommune as refusal:
            offer(self, refusal.candidates)
            raise forms.ValidationError(refusal.message) from refusal
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return typed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        nowhere = not (given.get("address") or given.get("listing"))
        if nowhere and not {"address", "listing"} & set(self.errors):
            self.add_error("address", "Donnez l’adresse de l’hébergement, ou l’annonce.")
        nothing = not (given.get("signs") or given.get("words"))
        if nothing and not {"signs", "words"} & set(self.errors):
            self.add_error("words", "Dites ce que vous avez vu : une case, ou quelques mots.")
        return given

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        assert self.found is not None  # noqa: S101 — a valid form has found it
        return Told(
            commune=self.found,
            lodging=Lodging(given["lodging"]),
            moment=Moment(given["moment"]),
            minor=Seen(given["minor"]),
            there_now=Seen(given["there_now"]),
            writer=Writer(given["writer"]),
            address=given["address"],
            listing=given["listing"],
            danger=given["danger"],
            signs=tuple(Sign(one) for one in given["signs"]),
            words=given["words"],
            contact=given["contact"],
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Les cinq mots de votre récépissé",
        max_length=200,
        help_text="Dans l’ordre. Les majuscules et les accents ne comptent pas.",
        widget=forms.TextInput(attrs=NOT_KEPT | {"autocapitalize": "off"}),
        error_messages={"required": "Il faut les cinq mots."},
    )


class WordForm(forms.Form):
    """A word added to one's alert."""

    use_required_attribute = False

    text = forms.CharField(
        label="Ajouter un mot",
        max_length=terms.LONGEST_WORDS,
        help_text="Ce qui a été écrit avant ne change pas. Pas de photo.",
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 4}),
        error_messages={"required": "Écrivez quelque chose avant d’envoyer."},
    )
    danger = forms.BooleanField(label="Quelqu’un est en danger maintenant", required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=300)
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_sent(self) -> UUID:
        return self.cleaned_data["sent"] or uuid4()


class ListForm(forms.Form):
    """The filters of the desk. What is looked for is posted: no address holds it."""

    q = forms.CharField(
        label="Adresse, annonce ou numéro",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    state = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Ouvertes"), *State.choices, ("all", "Toutes")],
    )
    decision = forms.ChoiceField(
        label="Décision", required=False, choices=[("", "Toutes"), *Decision.choices]
    )
    lodging = forms.ChoiceField(
        label="Hébergement", required=False, choices=[("", "Tous"), *Lodging.choices]
    )
    mine = forms.BooleanField(label="Les miennes", required=False)


class QualifyForm(forms.Form):
    use_required_attribute = False

    decision = forms.ChoiceField(
        label="Décision",
        # A concern is begun by its own button.
        choices=[one for one in Decision.choices if one[0] != Decision.CONCERN],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    duplicate_of = forms.CharField(
        label="Doublon de",
        required=False,
        max_length=20,
        help_text="Le numéro de l’autre alerte, par exemple HB-2026-7F3K-9Q2M.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label="Motif",
        required=False,
        max_length=terms.LONGEST_NOTE,
        help_text="Reste au point de contact. Obligatoire sans suite, et pour transmettre à "
        "l’enquête sans information préoccupante quand un enfant semble présent.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(
        label="Message à la personne qui a écrit",
        max_length=terms.LONGEST_QUESTION,
        help_text="Elle le lira avec ses cinq mots, si elle revient. Rien de l’enquête ; ne lui "
        "demandez ni d’entrer, ni de fouiller, ni de photographier, ni de questionner.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez le message avant de l’envoyer."},
    )


class CloseForm(forms.Form):
    use_required_attribute = False

    result = forms.ChoiceField(
        label="Suite",
        choices=[one for one in Result.choices if one[0] != Result.DUPLICATE],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = forms.CharField(
        label="Motif",
        required=False,
        max_length=terms.LONGEST_NOTE,
        help_text="Reste au point de contact.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
