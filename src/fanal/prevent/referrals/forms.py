from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms

from fanal.ground.agents.models import Organisation
from fanal.ground.shell.forms import DAY_FORMATS
from fanal.prevent.exchange.forms import CodeForm
from fanal.prevent.referrals import terms
from fanal.prevent.referrals.slots import Slot
from fanal.prevent.referrals.terms import DAYS, Audience, Reason
from fanal.prevent.referrals.use_cases import Hours, Wanted
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.terms import Need

__all__ = ["CodeForm"]
# A browser keeps what was typed in a field that it may complete.
NOT_KEPT = {"autocomplete": "off", "spellcheck": "false"}
UNSAID = "Je préfère ne pas le dire"
CHOOSE = "Choisissez un créneau dans la liste."
LONGEST_KEY = 60
# « 14:00 », « 14h30 », « 14 h ».
HOUR_FORMATS = ("%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h")
THIS_WEEK = "Dans les sept jours, quand la personne pourra"


def choices_of(slots: Sequence[Slot]) -> list[tuple[str, str]]:
    return [(one.key, one.said) for one in slots if one.is_free]


class SlotField(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        """Chosen before it went: said by who takes the seat, with the next one."""
        return len(str(value)) < LONGEST_KEY


class SlotForm(forms.Form):
    """A slot among those that are free; one that is free no more is refused by the use case."""

    slot = SlotField(
        label="Quel créneau ?",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )

    def __init__(self, data: Any, slots: Sequence[Slot], **named: Any) -> None:
        super().__init__(data, **named)
        self.offer(slots)

    def offer(self, slots: Sequence[Slot]) -> None:
        self.fields["slot"].choices = choices_of(slots)  # type: ignore[attr-defined]


class BookForm(SlotForm):
    """A slot, and two questions that may stay empty. Nothing is written by hand."""

    audience = forms.ChoiceField(
        label="Pour qui ?",
        required=False,
        choices=[("", UNSAID), *Audience.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    need = forms.ChoiceField(
        label="Pour quoi ?",
        required=False,
        choices=[("", "Je ne sais pas, ou je préfère ne pas le dire"), *Need.choices],
        widget=forms.Select(attrs=NOT_KEPT),
    )
    # One form sent twice is one seat.
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, slots: Sequence[Slot]) -> None:
        super().__init__(data, slots, auto_id="book_%s", initial={"sent": uuid4()})

    def clean_sent(self) -> UUID:
        return self.cleaned_data["sent"] or uuid4()

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.cleaned_data["audience"], self.cleaned_data["need"])


class MoveForm(SlotForm):
    def __init__(self, data: Any, slots: Sequence[Slot]) -> None:
        super().__init__(data, slots, auto_id="move_%s")


class ReferForm(BookForm):
    """Filled with the person, on the same screen or at the same telephone."""

    note = forms.CharField(
        label="Un mot au lieu, écrit avec la personne",
        required=False,
        max_length=terms.LONGEST_NOTE,
        help_text="Sans nom, ni numéro, ni adresse : ni les siens, ni ceux de quelqu’un. "
        "Par exemple : a peur d’entrer seule, préfère une femme.",
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 3}),
    )
    agreed = forms.BooleanField(
        label="La personne est d’accord, et a lu ou entendu ce mot",
        error_messages={
            "required": "Une orientation se fait avec la personne : cochez qu’elle est d’accord."
        },
    )

    def __init__(self, data: Any, slots: Sequence[Slot]) -> None:
        super().__init__(data, slots)
        free = self.fields["slot"].choices  # type: ignore[attr-defined]
        self.fields["slot"].choices = [("", THIS_WEEK), *free]  # type: ignore[attr-defined]
        self.fields["slot"].required = False


class WhereForm(forms.Form):
    where = forms.CharField(
        label="Où ?",
        help_text="Une commune, un code postal ou un département.",
        max_length=80,
        widget=forms.TextInput(attrs=NOT_KEPT),
        error_messages={"required": "Écrivez une commune, un code postal ou un département."},
    )


class ImpossibleForm(forms.Form):
    """Why a place could not receive, and which other could."""

    reason = forms.ChoiceField(
        label="Pourquoi ?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi, en choisissant dans la liste."},
    )
    elsewhere = forms.ChoiceField(
        label="Un autre lieu à proposer",
        required=False,
        help_text="La personne le lira avec son code.",
    )

    def __init__(self, data: Any, others: Sequence[PublicService]) -> None:
        super().__init__(data)
        self.fields["elsewhere"].choices = [  # type: ignore[attr-defined]
            ("", "Aucun"),
            *((str(one.ref), f"{one.name}, {one.commune or one.departement}") for one in others),
        ]


class HoursForm(forms.Form):
    """Each week or one day, from an hour to another, for so many people."""

    weekday = forms.TypedChoiceField(
        label="Chaque semaine, le",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Un seul jour, dit ci-dessous"), *DAYS],
    )
    day = forms.DateField(
        label="Ou un seul jour, le",
        required=False,
        input_formats=DAY_FORMATS,
        help_text="jj/mm/aaaa",
        error_messages={"invalid": "Écrivez le jour comme 01/12/2026."},
    )
    starts = forms.TimeField(
        label="De",
        input_formats=HOUR_FORMATS,
        help_text="Par exemple 14:00",
        error_messages={
            "required": "Dites l’heure du début.",
            "invalid": "Écrivez l’heure comme 14:00.",
        },
    )
    ends = forms.TimeField(
        label="À",
        input_formats=HOUR_FORMATS,
        help_text="Par exemple 14:00",
        error_messages={
            "required": "Dites l’heure de fin.",
            "invalid": "Écrivez l’heure comme 15:00.",
        },
    )
    seats = forms.IntegerField(
        label="Pour combien de personnes",
        min_value=1,
        max_value=terms.MOST_SEATS,
        initial=1,
        error_messages={
            "required": "Dites combien de personnes.",
            "invalid": "Écrivez un nombre.",
            "min_value": "Une personne au moins.",
            "max_value": f"{terms.MOST_SEATS} personnes au plus.",
        },
    )
    walk_in = forms.BooleanField(
        label="Sans rendez-vous",
        required=False,
        help_text="On vient sans rien réserver : le créneau se montre, et ne se choisit pas.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("weekday") is None) == (given.get("day") is None):
            self.add_error("weekday", "Choisissez un jour de la semaine, ou un seul jour.")
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "La fin vient après le début.")
        return given

    @property
    def hours(self) -> Hours:
        given = self.cleaned_data
        return Hours(
            given["starts"],
            given["ends"],
            given["seats"],
            given["weekday"],
            given["day"],
            given["walk_in"],
        )


class WelcomeForm(forms.Form):
    welcome = forms.CharField(
        label="Ce qui se passe quand on arrive",
        required=False,
        max_length=terms.LONGEST_WELCOME,
        help_text="Deux lignes : où sonner, qui accueille, combien de temps cela dure.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paused = forms.BooleanField(
        label="Ne plus prendre de rendez-vous pour le moment", required=False
    )


class DayForm(forms.Form):
    day = forms.DateField(
        label="Fermé le",
        input_formats=DAY_FORMATS,
        help_text="jj/mm/aaaa",
        error_messages={
            "required": "Dites quel jour.",
            "invalid": "Écrivez le jour comme 01/12/2026.",
        },
    )


class TakePartForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label="Organisation qui tient l’accueil",
        queryset=Organisation.objects.none(),
        help_text="Celles dont une personne a le rôle « Accueil d’un lieu ».",
        error_messages={
            "required": "Choisissez une organisation.",
            "invalid_choice": "Choisissez une organisation de la liste.",
        },
    )
