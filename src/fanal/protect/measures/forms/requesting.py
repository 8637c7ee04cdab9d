from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from fanal.ground.agents.models import Agent
from fanal.ground.territory.models import Commune
from fanal.protect.measures.forms.fields import AgentField, CommuneField, long_text, written
from fanal.protect.measures.terms import (
    ADMINISTRATIVE_TYPES,
    JUDICIAL_TYPES,
    SPECIFIC_TYPES,
    MeasureType,
    Nature,
)
from fanal.protect.measures.use_cases import Wanted


def _choices(types: Iterable[MeasureType]) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in types]


GROUPED = (
    ("Avec l'accord de la famille", _choices(ADMINISTRATIVE_TYPES)),
    ("Décidées par le juge des enfants", _choices(JUDICIAL_TYPES)),
    ("Mise à distance, par l'un ou par l'autre", _choices(SPECIFIC_TYPES)),
)


class RequestForm(forms.Form):
    """``people`` is empty when somebody already follows the minor."""

    type = forms.ChoiceField(label="Mesure", choices=[("", "Choisissez la mesure"), *GROUPED])
    nature = forms.ChoiceField(
        label="Qui la décide",
        choices=Nature.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="À préciser pour un séjour de rupture ou un hébergement éloigné.",
    )
    reason = long_text(
        "Pourquoi cette mesure", hint="Le danger, ce qui a été tenté, ce que vous en attendez."
    )
    commune = CommuneField(
        label="Commune qui désigne le juge",
        help_text="Celle des parents ; celle où le mineur a été trouvé en cas d'urgence.",
    )
    basis = forms.CharField(
        label="Fondement",
        required=False,
        max_length=150,
        help_text="Laissé vide, l'article usuel est proposé : vérifiez-le sur la décision.",
    )
    referent = AgentField(
        label="Référent", help_text="Personne ne suit encore ce mineur : il en répondra."
    )

    def __init__(
        self, *args: Any, commune: Commune, people: Iterable[Agent] | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["commune"].initial = written(commune)
        if people is None:
            del self.fields["referent"]
        else:
            self.fields["referent"].offer(people)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        typed = self.cleaned_data
        return Wanted(
            type=MeasureType(typed["type"]),
            nature=Nature(typed["nature"]) if typed["nature"] else None,
            reason=typed["reason"],
            commune=typed["commune"],
            basis=typed["basis"],
        )
