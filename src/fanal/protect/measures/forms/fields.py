from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms

from fanal.ground.agents.models import Agent
from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority, Commune
from fanal.ground.territory.queries import find_commune, search_communes

if TYPE_CHECKING:
    _AgentChoice = forms.ModelChoiceField[Agent]
else:
    _AgentChoice = forms.ModelChoiceField

LONG = 5_000
HOUR_FORMATS = ["%H:%M", "%Hh%M", "%H h %M", "%Hh", "%H h"]
_CODE = re.compile(r"(?:\d\d|2[AB])\d{3}", re.IGNORECASE)
_CODE_BESIDE = re.compile(r"\(((?:\d\d|2[AB])\d{3})\)\s*$", re.IGNORECASE)
_PROPOSED = 5


def long_text(
    label: str, *, hint: str = "", rows: int = 4, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Écrivez quelques mots."},
    )


def hour_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text="Par exemple 14:30.",
        input_formats=HOUR_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Écrivez l'heure comme 14:30.", "required": "Écrivez l'heure."},
    )


def moment_of(day: date, hour: time, authority: ChildWelfareAuthority) -> datetime:
    """A day and an hour as they were typed, where the minor is protected."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(authority.timezone))


def written(commune: Commune) -> str:
    return f"{commune.name} ({commune.code})"


class CommuneField(forms.CharField):
    """A commune typed by its name or its INSEE code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("help_text", "Nom, ou code INSEE.")
        super().__init__(**options)

    def clean(self, value: Any) -> Commune | None:
        text = str(super().clean(value))
        if not text:
            return None
        beside = _CODE_BESIDE.search(text)
        code = beside.group(1) if beside else text
        try:
            return find_commune(code) if _CODE.fullmatch(code) else _named(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


def _named(text: str) -> Commune:
    found = search_communes(text, limit=_PROPOSED)
    if not found:
        raise forms.ValidationError(
            "Aucune commune ne porte ce nom : écrivez son nom entier, ou son code INSEE."
        )
    alone = [one for one in found if one.name.casefold() == text.casefold()] or found
    if len(alone) > 1:
        named = ", ".join(written(one) for one in found)
        raise forms.ValidationError(
            f"Plusieurs communes portent ce nom : {named}. Recopiez la bonne, avec son code."
        )
    # A place where Fanal does not route is found by name too: the code says whom to ring.
    return find_commune(alone[0].code)


class AgentField(_AgentChoice):
    """Somebody chosen among those who may."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", "Choisissez une personne")
        super().__init__(queryset=Agent.objects.none(), **options)

    def label_from_instance(self, agent: Agent) -> str:
        return f"{agent.name}, {agent.function}" if agent.function else agent.name

    def offer(self, agents: Iterable[Agent]) -> None:
        self.queryset = Agent.objects.filter(pk__in=[one.pk for one in agents]).order_by("name")
