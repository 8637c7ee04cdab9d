from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms

from fanal.ground.shell.forms import DayField
from fanal.helpline.calls.terms import LONGEST_CARE, LONGEST_NUMBER, BackReason, Funnel
from fanal.helpline.calls.use_cases import Wish
from fanal.helpline.shifts.forms import HALF_HOURS
from fanal.helpline.shifts.weeks import from_to

NOT_KEPT = {"autocomplete": "off"}


class LogFilterForm(forms.Form):
    place = forms.ChoiceField(
        label="Où en est l’appel",
        required=False,
        choices=[("", "Tous"), *Funnel.choices],
    )
    day = DayField(label="Jour", required=False)
    mine = forms.BooleanField(label="Les miens seulement", required=False)


class CallBackForm(forms.Form):
    """Whom, when it is safe, why, what to know before one calls."""

    number = forms.CharField(
        label="Numéro à rappeler",
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs=NOT_KEPT | {"inputmode": "tel"}),
        help_text="Scellé, montré au moment d’appeler, effacé dès que c’est fini.",
    )
    reason = forms.ChoiceField(label="Motif", choices=BackReason.choices)
    day = DayField(label="Jour")
    safe_from = forms.ChoiceField(label="Sûr à partir de", choices=HALF_HOURS, initial="17:00")
    safe_until = forms.ChoiceField(label="Jusqu’à", choices=HALF_HOURS, initial="18:00")
    care = forms.CharField(
        label="À savoir avant d’appeler",
        required=False,
        max_length=LONGEST_CARE,
        widget=forms.Textarea(attrs=NOT_KEPT | {"rows": 2}),
        help_text="Par exemple : demander si elle est seule, ne pas dire d’où l’on appelle.",
    )

    @property
    def wish(self) -> Wish:
        given: dict[str, Any] = self.cleaned_data
        begin, end = from_to(given["day"], _hour(given["safe_from"]), _hour(given["safe_until"]))
        return Wish(given["number"], begin, end, BackReason(given["reason"]), given["care"].strip())


def _hour(written: str) -> time:
    return time.fromisoformat(written)


def whole_day(day: Any) -> tuple[datetime, datetime]:
    return from_to(day, time(), time())
