from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from fanal.ground.agents.models import Agent
from fanal.ground.shell.forms import DayField
from fanal.helpline.shifts.models import Shift
from fanal.helpline.shifts.terms import LONGEST_REACH, Post
from fanal.helpline.shifts.use_cases import Turn
from fanal.helpline.shifts.weeks import HALVES, HERE, day_said, from_to, instant

HALF_HOURS = [(f"{half:%H:%M}", f"{half:%H:%M}") for half in HALVES]
REACH = "Pour l’astreinte : la ligne du service, jamais un numéro personnel."


class TurnForm(forms.Form):
    """Who, what, from when to when. What ends before it begins ends on the next day."""

    who = forms.ChoiceField(label="Qui")
    post = forms.ChoiceField(label="Poste", choices=Post.choices)
    begins = forms.ChoiceField(label="De", choices=HALF_HOURS, initial="15:00")
    ends = forms.ChoiceField(
        label="À",
        choices=HALF_HOURS,
        initial="19:00",
        help_text="Une fin avant le début tombe le lendemain.",
    )
    reach = forms.CharField(
        label="Comment joindre", required=False, max_length=LONGEST_REACH, help_text=REACH
    )

    def __init__(self, *words: Any, people: list[Agent], **named: Any) -> None:
        super().__init__(*words, **named)
        self.people = {str(one.ref): one for one in people}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101  (for the type checker)
        who.choices = [(ref, one.name) for ref, one in self.people.items()]

    def turn_on(self, day: date) -> Turn:
        given = self.cleaned_data
        begin, end = from_to(day, _hour(given["begins"]), _hour(given["ends"]))
        return Turn(
            self.people[given["who"]], Post(given["post"]), begin, end, given["reach"].strip()
        )


class PutForm(TurnForm):
    """The same turn on several days."""

    days = forms.TypedMultipleChoiceField(
        label="Jours", coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("who", "post", "days", "begins", "ends", "reach")

    def __init__(self, *words: Any, days: list[date], **named: Any) -> None:
        super().__init__(*words, **named)
        kept = self.fields["days"]
        assert isinstance(kept, forms.ChoiceField)  # noqa: S101  (for the type checker)
        kept.choices = [(day.isoformat(), day_said(day)) for day in days]

    @property
    def turns(self) -> list[Turn]:
        return [self.turn_on(day) for day in self.cleaned_data["days"]]


class ChangeForm(TurnForm):
    day = DayField(label="Jour")
    field_order = ("who", "post", "day", "begins", "ends", "reach")

    @property
    def turn(self) -> Turn:
        return self.turn_on(self.cleaned_data["day"])


def as_it_is(shift: Shift) -> dict[str, Any]:
    begin, end = shift.starts_at.astimezone(HERE), shift.ends_at.astimezone(HERE)
    return {
        "who": str(shift.agent.ref),
        "post": shift.post,
        "day": begin.date(),
        "begins": f"{begin:%H:%M}",
        "ends": f"{end:%H:%M}",
        "reach": shift.reach,
    }


class SlotForm(forms.Form):
    """When one talks: a day and a half-hour."""

    day = DayField(label="Jour")
    hour = forms.ChoiceField(label="Heure", choices=HALF_HOURS, initial="14:00")

    @property
    def at(self) -> datetime:
        return instant(self.cleaned_data["day"], _hour(self.cleaned_data["hour"]))


def _hour(written: str) -> time:
    return time.fromisoformat(written)
